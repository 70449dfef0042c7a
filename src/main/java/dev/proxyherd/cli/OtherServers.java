package dev.proxyherd.cli;

import dev.proxyherd.link.Secret;
import dev.proxyherd.server.HerdSurvey;
import dev.proxyherd.server.ServerStatus;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How the servers of the topology are that run in other processes: asked when somebody looks, once a second at most
 * however many look, on the thread of the first of them. Safe for any number of threads.
 */
final class OtherServers {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final HerdSurvey survey;
    private final boolean none;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Map<String, ServerStatus> latest = Map.of();
    private volatile long staleAt = System.nanoTime();

    OtherServers(Topology topology, Set<String> here, Secret secret) {
        Map<String, ServerAddress> others = new LinkedHashMap<>(topology.servers());
        others.keySet().removeAll(here);
        this.none = others.isEmpty();
        this.survey = new HerdSurvey(new Topology(others, topology.neighbours(), topology.settings()), secret, LIMIT);
    }

    /** What those that answered said, by name; where nobody has asked for a second, this asks. */
    Map<String, ServerStatus> status() {
        if (!none && System.nanoTime() - staleAt >= 0 && asking.tryLock()) {
            try {
                Map<String, ServerStatus> found = new HashMap<>();
                survey.status().stream()
                        .filter(server -> server.status() != null)
                        .forEach(server -> found.put(server.name(), server.status()));
                latest = found;
                staleAt = System.nanoTime() + FRESH.toNanos();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            } finally {
                asking.unlock();
            }
        }
        return latest;
    }
}
