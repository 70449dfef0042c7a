package dev.proxyherd.topology.graph;

import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which losses part a herd: after them two servers are left that no way of links joins.
 *
 * <p>Links need no search of their own. A link's loss is no worse than that of either end, so a smallest set can be made
 * of servers alone, but where all are linked to all: no loss of servers parts these, and all the links of one server do.
 */
public final class Survival {
    /** The most losses that are looked at; up to here some hundred servers take a few seconds at the most. */
    public static final int MOST_LOSSES = 16;

    private Survival() {
    }

    /**
     * A smallest set of losses that parts the herd, empty where it is parted already; null where any so many are survived.
     * The cost is that of (losses + 1) times servers searches for disjoint ways.
     *
     * @param most the most losses, 0 or more
     */
    public static @Nullable Losses parting(Graph graph, int most) {
        int size = graph.size();
        if (size < 2) {
            return null;
        }
        if (graph.isComplete()) {
            List<Edge> ofTheFirst = IntStream.range(1, size).mapToObj(other -> Edge.between(0, other)).toList();
            return ofTheFirst.size() <= most ? new Losses(List.of(), ofTheFirst) : null;
        }
        List<Integer> servers = partingServers(graph, most);
        return servers == null ? null : new Losses(servers, List.of());
    }

    /** Whichever set is lost, one of any more servers than it has is not in it: so many are compared with all others. */
    private static @Nullable List<Integer> partingServers(Graph graph, int most) {
        int size = graph.size();
        int[] byDegree = IntStream.range(0, size).boxed().sorted(Comparator.comparingInt(graph::degree))
                .mapToInt(Integer::intValue).toArray();
        int leastLinked = byDegree[0];
        List<Integer> smallest = graph.degree(leastLinked) > most ? null
                : Arrays.stream(graph.neighbours(leastLinked)).boxed().toList();
        int enough = smallest == null ? most + 1 : smallest.size();
        DisjointWays ways = new DisjointWays(graph);
        for (int i = 0; i < Math.min(enough, size); i++) {
            for (int other = 0; other < size; other++) {
                List<Integer> found = canBeParted(graph, byDegree[i], other, enough)
                        ? ways.parting(byDegree[i], other, enough)
                        : null;
                if (found != null) {
                    smallest = found;
                    enough = found.size();
                }
            }
        }
        return smallest;
    }

    private static boolean canBeParted(Graph graph, int one, int other, int enough) {
        return one != other && !graph.areLinked(one, other) && common(graph, one, other) < enough;
    }

    /** Each neighbour that two servers share is a way between them. */
    private static long common(Graph graph, int one, int other) {
        return Arrays.stream(graph.neighbours(one)).filter(between -> graph.areLinked(between, other)).count();
    }
}
