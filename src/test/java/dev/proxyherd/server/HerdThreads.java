package dev.proxyherd.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The threads of all servers in this process, virtual ones included.
 *
 * <p>Java's own dump of them ends the process now and then where a virtual thread goes on or ends meanwhile (Temurin 25.0.3, by
 * SIGSEGV in {@code ThreadSnapshot}, which walks their stacks). So this takes names alone, from where that dump finds the
 * threads; pom.xml opens the package to tests.
 */
public final class HerdThreads {
    private static final Pattern OURS = Pattern.compile(
            "(client-|link-|log-|journal-|lookup-|accept|sweeper|expiry|http-|feed|HTTP-).*");
    private static final String WITHIN = "jdk.internal.vm";

    private HerdThreads() {
    }

    /** Waits until none of this name is left. */
    public static void awaitEnd(String name) {
        assumeListed();
        Await.until("no thread is left of " + name, () -> !names().contains(name));
    }

    private static void assumeListed() {
        assumeTrue(Object.class.getModule().isExported(WITHIN, HerdThreads.class.getModule()),
                "threads cannot be listed here; run with --add-exports java.base/" + WITHIN + "=ALL-UNNAMED");
    }

    /** The names of those that live now. */
    public static List<String> names() {
        assumeListed();
        try {
            return threads(Class.forName(WITHIN + ".ThreadContainers").getMethod("root").invoke(null))
                    .map(Thread::getName).filter(name -> OURS.matcher(name).matches()).toList();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java keeps its threads elsewhere", e);
        }
    }

    /** Those of a container, and of all that are in it: each executor has one. */
    private static Stream<Thread> threads(Object container) throws ReflectiveOperationException {
        Stream<?> threads = (Stream<?>) kind().getMethod("threads").invoke(container);
        Stream<Thread> all = threads.map(Thread.class::cast);
        for (Object child : ((Stream<?>) kind().getMethod("children").invoke(container)).toList()) {
            all = Stream.concat(all, threads(child));
        }
        return all;
    }

    private static Class<?> kind() throws ClassNotFoundException {
        return Class.forName(WITHIN + ".ThreadContainer");
    }
}
