package dev.proxyherd.sim;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.topology.graph.Graph;
import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Servers and links on virtual time. All links are up from the start, and all stores empty. */
final class SimulatedHerd {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long LOOK_NANOS = 50_000_000;

    private final VirtualTime time = new VirtualTime();
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final Map<Edge, List<SimulatedLink>> links = new HashMap<>();
    private final Conditions conditions;
    private SimulatedServer.Watcher watcher = (server, location, from) -> {};

    SimulatedHerd(Graph graph, Conditions conditions) {
        this(graph, List.of(), conditions);
    }

    /** @param down links that are down, and were never up */
    SimulatedHerd(Graph graph, Collection<Edge> down, Conditions conditions) {
        this.conditions = conditions;
        for (int number = 0; number < graph.size(); number++) {
            servers.add(new SimulatedServer(number, time,
                    (server, location, from) -> watcher.learned(server, location, from)));
        }
        SplittableRandom random = new SplittableRandom(conditions.seed());
        // Each server tells its neighbours in the order of the graph.
        for (int number = 0; number < graph.size(); number++) {
            for (int other : graph.neighbours(number)) {
                links.computeIfAbsent(Edge.between(number, other), edge -> new ArrayList<>(2)).add(new SimulatedLink(
                        time, conditions, servers.get(number), servers.get(other), random.split()));
            }
        }
        graph.edges().stream().filter(edge -> !down.contains(edge)).forEach(edge -> up(edge, true));
    }

    /** A link opens; the ends compare what they know. */
    void up(Edge edge) {
        up(edge, false);
    }

    private void up(Edge edge, boolean settled) {
        links(edge).forEach(link -> link.up(settled));
    }

    void down(Edge edge) {
        links(edge).forEach(SimulatedLink::down);
    }

    private List<SimulatedLink> links(Edge edge) {
        List<SimulatedLink> both = links.get(edge);
        if (both == null) {
            throw new IllegalArgumentException("no link " + edge);
        }
        return both;
    }

    private Stream<SimulatedLink> links() {
        return links.values().stream().flatMap(List::stream);
    }

    void watch(SimulatedServer.Watcher by) {
        watcher = by;
    }

    VirtualTime time() {
        return time;
    }

    List<SimulatedServer> servers() {
        return servers;
    }

    /** A client tells a server where it is, as soon as that is free. */
    Location report(int server, String client) {
        SimulatedServer hears = servers.get(server);
        long nanos = Expiry.nanos(time.instant());
        Location location = RandomLocations.at(String.format(Locale.ROOT,
                "AT %s +0.263873386 %s +34.068930-118.445127 %d.%09d", hears.name(), client,
                nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND));
        hears.processor().submit(() -> {
            hears.take(location, null);
            return conditions.links().heard();
        });
        return location;
    }

    /** One client tells one server where it is, and time passes until so many servers know. */
    Flood flood(int origin, int servers, long limitNanos) {
        Flood.Tracker tracker = new Flood.Tracker(this.servers.size());
        watch(tracker);
        long began = time.now();
        long copies = sum(SimulatedLink::live);
        long resent = sum(SimulatedLink::resent);
        Location location = report(origin, "kiwi.cs.ucla.edu");
        boolean all = time.runUntil(() -> tracker.reached() == servers, began + limitNanos);
        long nanos = time.now() - began;
        if (all) {
            // Copies that nobody needs are still under way.
            run(conditions.links().delay() * 2 + busiest());
        }
        return new Flood(tracker.reached(), sum(SimulatedLink::live) - copies, sum(SimulatedLink::resent) - resent,
                location.line().length, tracker.mostHops(), nanos);
    }

    private long busiest() {
        return servers.size() * 2L * (conditions.links().wake() + conditions.links().heard());
    }

    long sum(ToLongFunction<SimulatedLink> what) {
        return links().mapToLong(what).sum();
    }

    void run(long nanos) {
        time.runUntil(() -> false, time.now() + nanos);
    }

    /** Lets time pass until all stores are the same; false if they are not by then. */
    boolean runUntilAgreed(long limitNanos) {
        long latest = time.now() + limitNanos;
        while (!agree() && time.now() < latest) {
            run(LOOK_NANOS);
        }
        return agree();
    }

    boolean agree() {
        return servers.stream().mapToLong(server -> server.store().digest()).distinct().count() <= 1;
    }

    /** How many copies each server has sent, by its number. */
    long[] sent() {
        long[] sent = new long[servers.size()];
        links().forEach(link -> sent[link.from().number()] += link.live());
        return sent;
    }

    /** How many copies each server was sent. */
    long[] heard() {
        long[] heard = new long[servers.size()];
        links().forEach(link -> heard[link.to().number()] += link.live());
        return heard;
    }

    /** How many servers links join to one, itself among them, when some links are down. */
    static int joined(Graph graph, int origin, Collection<Edge> down) {
        int[] hops = hops(graph, origin, down);
        return (int) Arrays.stream(hops).filter(hop -> hop >= 0).count();
    }

    /** A server that none is farther from any other one than it, in a tree; and nearly so elsewhere. */
    static int end(Graph graph) {
        int end = 0;
        for (int i = 0; i < 2; i++) {
            int[] hops = hops(graph, end, List.of());
            for (int server = 0; server < hops.length; server++) {
                end = hops[server] > hops[end] ? server : end;
            }
        }
        return end;
    }

    private static int[] hops(Graph graph, int origin, Collection<Edge> down) {
        int[] hops = new int[graph.size()];
        Arrays.fill(hops, -1);
        hops[origin] = 0;
        int[] queue = new int[graph.size()];
        queue[0] = origin;
        int found = 1;
        for (int i = 0; i < found; i++) {
            for (int next : graph.neighbours(queue[i])) {
                if (hops[next] < 0 && !down.contains(Edge.between(queue[i], next))) {
                    hops[next] = hops[queue[i]] + 1;
                    queue[found++] = next;
                }
            }
        }
        return hops;
    }

    /** What is told of an update's way. */
    record Flood(int reached, long copies, long resent, int lineBytes, int hops, long nanos) {
        /** Counts who learns anything, and by how many links. */
        private static final class Tracker implements SimulatedServer.Watcher {
            private final int[] hops;
            private int reached;
            private int mostHops;

            Tracker(int servers) {
                hops = new int[servers];
            }

            @Override
            public void learned(SimulatedServer server, Location location, @Nullable String from) {
                int before = from == null ? -1 : hops[Integer.parseInt(from.substring(1))];
                hops[server.number()] = before + 1;
                mostHops = Math.max(mostHops, before + 1);
                reached++;
            }

            int reached() {
                return reached;
            }

            int mostHops() {
                return mostHops;
            }
        }

        long bytes() {
            return copies * lineBytes;
        }
    }
}
