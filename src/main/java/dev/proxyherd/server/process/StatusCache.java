package dev.proxyherd.server.process;

import dev.proxyherd.link.handshake.Secret;
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
    private final Secret secret;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable List<ServerAnswer> latest;
    private volatile long staleAt;

    /**
     * @param topology the herd as it is now; asked each time
     * @param running the servers that run in this process, one or more; it may grow
     * @param secret lets this process ask the others
     */
    public StatusCache(Supplier<Topology> topology, List<HerdServer> running, Secret secret) {
        this.topology = topology;
        this.running = running;
        this.secret = secret;
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
        long asked = HerdSurvey.soon(running.getFirst().status(0).cutoffNanos());
        List<ServerAnswer> answers = ask(herd, asked);
        long newest = HerdSurvey.newestCutoff(answers);
        // One that is newer is of a server whose clock is far ahead.
        return newest > asked ? ask(herd, HerdSurvey.soon(newest)) : answers;
    }

    private List<ServerAnswer> ask(Topology herd, long cutoffNanos) {
        Map<String, @Nullable ServerAnswer> answers = new LinkedHashMap<>();
        herd.servers().keySet().forEach(name -> answers.put(name, null));
        Set<String> elsewhere = new LinkedHashSet<>(herd.servers().keySet());
        for (HerdServer server : running) {
            ServerAnswer answer = askHere(server, cutoffNanos);
            answers.put(answer.name(), answer);
            elsewhere.remove(answer.name());
        }
        askElsewhere(herd, elsewhere, cutoffNanos).forEach(answer -> answers.put(answer.name(), answer));
        return List.copyOf(answers.values());
    }

    private List<ServerAnswer> askElsewhere(Topology herd, Collection<String> servers, long cutoffNanos) {
        if (servers.isEmpty()) {
            return List.of();
        }
        try {
            return new HerdSurvey(herd, secret, LIMIT, this::now, Thread.ofVirtual().factory())
                    .status(servers, cutoffNanos);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            Failure failure = new Failure("this process is stopping", false);
            return servers.stream().map(name -> ServerAnswer.none(name,
                    Objects.requireNonNull(herd.servers().get(name), name),
                    Objects.requireNonNull(herd.neighbours().get(name), name), failure)).toList();
        }
    }

    private ServerAnswer askHere(HerdServer server, long cutoffNanos) {
        long asked = Expiry.nanos(now());
        ServerStatus status = server.status(cutoffNanos);
        return ServerAnswer.of(status.name(), server.config().listen(), status,
                ClockReading.between(asked, Expiry.nanos(now()), status.nowNanos()));
    }
}
