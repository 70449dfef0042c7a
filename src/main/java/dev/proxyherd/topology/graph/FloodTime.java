package dev.proxyherd.topology.graph;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * How long an update takes to reach all, in a herd that has nothing else to do: whoever learns it sends it to one neighbour
 * after the other. The first arrivals, by E. Dijkstra's algorithm. One thread.
 */
final class FloodTime {
    /** So many links are looked at for all servers that may hear an update first; those that are far from others come first. */
    private static final long MOST_LINKS_SEEN = 20_000_000;

    private final Graph graph;
    private final LinkFigures figures;
    private final long[] known;

    private record Arrival(long nanos, int server, int from) implements Comparable<Arrival> {
        @Override
        public int compareTo(Arrival other) {
            return Long.compare(nanos, other.nanos);
        }
    }

    private FloodTime(Graph graph, LinkFigures figures) {
        this.graph = graph;
        this.figures = figures;
        this.known = new long[graph.size()];
    }

    /** The most nanoseconds, whoever hears it first. */
    static long most(Graph graph, FloodLoad load, LinkFigures figures) {
        FloodTime time = new FloodTime(graph, figures);
        long origins = Math.max(1, MOST_LINKS_SEEN / (2L * graph.edges().size() + 1));
        return IntStream.range(0, graph.size()).boxed()
                .sorted((one, other) -> load.mostHops()[other] - load.mostHops()[one]).limit(origins)
                .mapToLong(time::from).max().orElse(0);
    }

    private long from(int first) {
        Arrays.fill(known, -1);
        PriorityQueue<Arrival> arrivals = new PriorityQueue<>();
        arrivals.add(new Arrival(0, first, -1));
        long last = 0;
        for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
            if (known[next.server] < 0) {
                known[next.server] = next.nanos;
                last = next.nanos;
                send(next, arrivals);
            }
        }
        return last;
    }

    private void send(Arrival learned, PriorityQueue<Arrival> arrivals) {
        long at = learned.nanos + figures.heard() + (learned.from < 0 ? 0 : figures.wake());
        for (int neighbour : graph.neighbours(learned.server)) {
            if (neighbour != learned.from) {
                at += figures.wake() + figures.sent();
                if (known[neighbour] < 0) {
                    arrivals.add(new Arrival(at + figures.delay(), neighbour, learned.server));
                }
            }
        }
    }
}
