package dev.proxyherd.server;

import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.status.ClockReading;
import dev.proxyherd.status.HerdFaults;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.HerdStatus.State;
import dev.proxyherd.status.JournalStatus;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The herd as the HTTP ports of this process show it: all servers of the topology, those that run here and those that
 * answer elsewhere. They are asked when somebody looks, once a second at most however many look, on the thread of the
 * first of them. Safe for any number of threads.
 */
public final class HerdBoard {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Topology topology;
    private final List<HerdServer> running;
    private final HerdSurvey others;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Look latest;
    private volatile long staleAt;

    private record Look(List<HerdStatus.Server> servers, List<HerdStatus.Link> links, List<String> faults) {
    }

    /**
     * @param running the servers that run in this process, one or more; it may grow
     * @param secret lets this process ask the others
     */
    public HerdBoard(Topology topology, List<HerdServer> running, Secret secret) {
        this.topology = topology;
        this.running = running;
        this.others = new HerdSurvey(topology, secret, LIMIT, this::now, Thread.ofVirtual().factory());
    }

    /** What there is to see from the HTTP port of this server. */
    public HerdStatus seenFrom(String server) {
        if (latest == null || System.nanoTime() - staleAt >= 0) {
            look();
        }
        Look seen = latest;
        return new HerdStatus(server, seen.servers(), seen.links(), seen.faults());
    }

    private Instant now() {
        return running.getFirst().config().clock().instant();
    }

    /** Only the first look is waited for; until later ones are done the one before is shown. */
    private void look() {
        if (latest == null) {
            looking.lock();
        } else if (!looking.tryLock()) {
            return;
        }
        try {
            if (latest == null || System.nanoTime() - staleAt >= 0) {
                latest = lookNow();
                staleAt = System.nanoTime() + FRESH.toNanos();
            }
        } finally {
            looking.unlock();
        }
    }

    private Look lookNow() {
        long asked = HerdSurvey.soon(running.getFirst().status(0).cutoffNanos());
        Map<String, HerdSurvey.Found> answers = ask(asked);
        long newest = answers.values().stream().mapToLong(answer -> answer.status().cutoffNanos()).max().orElse(0);
        if (newest > asked) {
            // The clock of another server is far ahead.
            answers = ask(HerdSurvey.soon(newest));
        }
        return seen(answers);
    }

    private Look seen(Map<String, HerdSurvey.Found> answers) {
        List<HerdStatus.Server> servers = new ArrayList<>();
        List<HerdStatus.Link> links = new ArrayList<>();
        topology.servers().forEach((name, address) -> {
            HerdSurvey.Found answer = answers.get(name);
            if (answer == null) {
                servers.add(new HerdStatus.Server(name, address.toString(), State.DOWN, -1, -1, -1, -1, null));
                links.addAll(unknown(name));
            } else {
                servers.add(known(answer));
                links.addAll(known(name, answer.status().links()));
            }
        });
        return new Look(servers, links, HerdFaults.seenByOneOf(List.copyOf(answers.values())));
    }

    private Map<String, HerdSurvey.Found> ask(long cutoffNanos) {
        Map<String, HerdSurvey.Found> answers = new LinkedHashMap<>();
        Map<String, ServerAddress> elsewhere = new LinkedHashMap<>(topology.servers());
        for (HerdServer server : running) {
            String name = server.config().name().toString();
            elsewhere.remove(name);
            answers.put(name, found(server, cutoffNanos));
        }
        if (elsewhere.isEmpty()) {
            return answers;
        }
        try {
            for (HerdSurvey.Found found : others.status(elsewhere, cutoffNanos)) {
                if (found.status() != null) {
                    answers.put(found.name(), found);
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return answers;
    }

    private HerdSurvey.Found found(HerdServer server, long cutoffNanos) {
        long asked = Expiry.nanos(now());
        ServerStatus status = server.status(cutoffNanos);
        return new HerdSurvey.Found(status.name(), server.config().listen(), status,
                ClockReading.between(asked, Expiry.nanos(now()), status.nowNanos()), null);
    }

    private static HerdStatus.Server known(HerdSurvey.Found answer) {
        ServerStatus status = answer.status();
        JournalStatus journal = status.journal();
        return new HerdStatus.Server(status.name(), answer.address().toString(), State.UP, status.clients(),
                status.connections(), journal == null ? -1 : journal.bytes(), journal == null ? -1 : journal.records(),
                status.digest());
    }

    private List<HerdStatus.Link> unknown(String server) {
        return topology.neighbours().get(server).stream()
                .map(neighbour -> new HerdStatus.Link(server, neighbour, State.UNKNOWN, -1, -1, -1, -1, -1)).toList();
    }

    private static List<HerdStatus.Link> known(String server, List<LinkStatus> links) {
        return links.stream()
                .map(link -> new HerdStatus.Link(server, link.neighbour(), link.up() ? State.UP : State.DOWN,
                        link.queued(), link.linesSent(), link.bytesSent(), link.starts(), link.heardMillisAgo()))
                .toList();
    }
}
