package dev.proxyherd.server.process;

import dev.proxyherd.link.seal.Credentials;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.server.HerdServer;
import dev.proxyherd.server.survey.HerdSurvey;
import dev.proxyherd.status.ClockReading;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.ServerAnswer;
import dev.proxyherd.status.ServerAnswer.Failure;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The herd's status as the HTTP ports of this process show it: all servers of the topology, those that run here and those
 * that answer elsewhere. They are asked when somebody looks, once a second at most however many look, on the thread of the
 * first of them. Safe for any number of threads.
 */
public final class StatusCache {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<Topology> topology;
    private final List<HerdServer> running;
    private final Credentials credentials;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable List<ServerAnswer> latest;
    private volatile long staleAt;

    /**
     * @param topology the herd as it is now; asked each time
     * @param running the servers that run in this process, one or more; it may grow
     * @param credentials let this process ask the others
     */
    public StatusCache(Supplier<Topology> topology, List<HerdServer> running, Credentials credentials) {
        this.topology = topology;
        this.running = running;
        this.credentials = credentials;
    }

    /** What there is to see from the HTTP port of this server. */
    public HerdStatus seenFrom(String server) {
        if (isStale()) {
            refresh();
        }
        return new HerdStatus(server, Objects.requireNonNull(latest, "the first answers are waited for"));
    }

    private boolean isStale() {
        return latest == null || System.nanoTime() - staleAt >= 0;
    }

    private Instant now() {
        return running.getFirst().config().context().clock().instant();
    }

    /** Only the first answers are waited for; until later ones are there those before are shown. */
    private void refresh() {
        if (latest == null) {
            asking.lock();
        } else if (!asking.tryLock()) {
            return;
        }
        try {
            if (isStale()) {
                latest = ask();
                staleAt = System.nanoTime() + FRESH.toNanos();
            }
        } finally {
            asking.unlock();
        }
    }

    private List<ServerAnswer> ask() {
        Topology herd = topology.get();
        Cutoffs asked = HerdSurvey.soon(HerdSurvey.cutoffs(running.getFirst().status(Cutoffs.NONE)));
        List<ServerAnswer> answers = ask(herd, asked);
        Cutoffs newest = HerdSurvey.newestCutoffs(answers);
        // One that is newer is of a server whose clock is far ahead.
        return newest.newest(asked).equals(asked) ? answers : ask(herd, HerdSurvey.soon(newest));
    }

    private List<ServerAnswer> ask(Topology herd, Cutoffs cutoffs) {
        Map<String, @Nullable ServerAnswer> answers = new LinkedHashMap<>();
        herd.servers().keySet().forEach(name -> answers.put(name, null));
        Set<String> elsewhere = new LinkedHashSet<>(herd.servers().keySet());
        for (HerdServer server : running) {
            ServerAnswer answer = askHere(server, cutoffs);
            answers.put(answer.name(), answer);
            elsewhere.remove(answer.name());
        }
        askElsewhere(herd, elsewhere, cutoffs).forEach(answer -> answers.put(answer.name(), answer));
        return List.copyOf(answers.values());
    }

    private List<ServerAnswer> askElsewhere(Topology herd, Collection<String> servers, Cutoffs cutoffs) {
        if (servers.isEmpty()) {
            return List.of();
        }
        try {
            return new HerdSurvey(herd, credentials, LIMIT, this::now, Thread.ofVirtual().factory())
                    .status(servers, cutoffs);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            Failure failure = new Failure("this process is stopping", Failure.Kind.SILENT);
            return servers.stream().map(name -> ServerAnswer.none(name,
                    Objects.requireNonNull(herd.servers().get(name), name),
                    Objects.requireNonNull(herd.neighbours().get(name), name), failure)).toList();
        }
    }

    private ServerAnswer askHere(HerdServer server, Cutoffs cutoffs) {
        long asked = Expiry.nanos(now());
        ServerStatus status = server.status(cutoffs);
        return ServerAnswer.of(status.name(), server.config().listen(), status,
                ClockReading.between(asked, Expiry.nanos(now()), status.nowNanos()));
    }
}
