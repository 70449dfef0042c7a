package dev.proxyherd.topology.graph;

import java.util.Arrays;
import java.util.Comparator;

/**
 * How many links lie between servers on the shortest ways.
 *
 * @param most between the two that are farthest apart: the diameter; of those only that a way joins
 * @param total over all ordered pairs that a way joins
 * @param unjoined how many ordered pairs no way joins
 */
public record Hops(int most, long total, long unjoined) implements Comparable<Hops> {
    private static final Comparator<Hops> SHORTEST =
            Comparator.comparingLong(Hops::unjoined).thenComparingInt(Hops::most).thenComparingLong(Hops::total);

    /** By a breadth-first search from each server: servers times links steps. */
    public static Hops of(Graph graph) {
        int size = graph.size();
        int[] distance = new int[size];
        int[] queue = new int[size];
        int most = 0;
        long total = 0;
        long unjoined = 0;
        for (int from = 0; from < size; from++) {
            int reached = search(graph, from, distance, queue);
            for (int i = 0; i < reached; i++) {
                total += distance[queue[i]];
            }
            most = Math.max(most, distance[queue[reached - 1]]);
            unjoined += size - reached;
        }
        return new Hops(most, total, unjoined);
    }

    /** Fills the queue with whom it reaches, the nearest first, and says how many these are. */
    private static int search(Graph graph, int from, int[] distance, int[] queue) {
        Arrays.fill(distance, -1);
        distance[from] = 0;
        queue[0] = from;
        int end = 1;
        for (int i = 0; i < end; i++) {
            int at = queue[i];
            for (int next : graph.neighbours(at)) {
                if (distance[next] < 0) {
                    distance[next] = distance[at] + 1;
                    queue[end++] = next;
                }
            }
        }
        return end;
    }

    public boolean isConnected() {
        return unjoined == 0;
    }

    /** Fewer pairs apart, then a smaller diameter, then a smaller total come first. */
    @Override
    public int compareTo(Hops other) {
        return SHORTEST.compare(this, other);
    }
}
