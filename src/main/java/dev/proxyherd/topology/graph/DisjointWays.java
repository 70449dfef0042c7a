package dev.proxyherd.topology.graph;

import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many ways between two servers share no other server, which is how many others must be lost to part the two (K.
 * Menger, 1927): a flow through a network in which each server is an arc of capacity 1 from its entry to its exit, found
 * by shortest augmenting paths (J. Edmonds, R. Karp, 1972). One thread only.
 */
public final class DisjointWays {
    private static final int UNBOUNDED = Integer.MAX_VALUE / 2;

    /** Arcs by the node that they leave. The arc {@code a ^ 1} is the way back of {@code a}. */
    private final int[][] leaving;
    private final int[] to;
    private final int[] capacity;
    private final int[] left;
    private final int[] cameBy;
    private final int[] queue;

    public DisjointWays(Graph graph) {
        int size = graph.size();
        int arcs = 2 * size + 4 * graph.edges().size();
        to = new int[arcs];
        capacity = new int[arcs];
        left = new int[arcs];
        cameBy = new int[2 * size];
        queue = new int[2 * size];
        leaving = new int[2 * size][];
        int[] filled = new int[2 * size];
        for (int server = 0; server < size; server++) {
            leaving[entry(server)] = new int[graph.degree(server) + 1];
            leaving[exit(server)] = new int[graph.degree(server) + 1];
            join(entry(server), exit(server), 1, 2 * server, filled);
        }
        int arc = 2 * size;
        for (Edge edge : graph.edges()) {
            join(exit(edge.one()), entry(edge.other()), UNBOUNDED, arc, filled);
            join(exit(edge.other()), entry(edge.one()), UNBOUNDED, arc + 2, filled);
            arc += 4;
        }
    }

    private void join(int from, int target, int units, int arc, int[] filled) {
        to[arc] = target;
        capacity[arc] = units;
        leaving[from][filled[from]++] = arc;
        to[arc + 1] = from;
        leaving[target][filled[target]++] = arc + 1;
    }

    private static int entry(int server) {
        return 2 * server;
    }

    private static int exit(int server) {
        return 2 * server + 1;
    }

    /**
     * A smallest set of servers whose loss parts these two, or null where it takes {@code enough} or more.
     *
     * @param one not linked to the other, and another server
     */
    public @Nullable List<Integer> parting(int one, int other, int enough) {
        System.arraycopy(capacity, 0, left, 0, left.length);
        for (int ways = 0; ways < enough; ways++) {
            if (!isReached(exit(one), entry(other))) {
                return boundary();
            }
            for (int at = entry(other); at != exit(one); at = to[cameBy[at] ^ 1]) {
                left[cameBy[at]]--;
                left[cameBy[at] ^ 1]++;
            }
        }
        return null;
    }

    private boolean isReached(int source, int sink) {
        Arrays.fill(cameBy, -1);
        cameBy[source] = Integer.MAX_VALUE;
        queue[0] = source;
        int end = 1;
        for (int i = 0; i < end; i++) {
            for (int arc : leaving[queue[i]]) {
                int next = to[arc];
                if (left[arc] > 0 && cameBy[next] < 0) {
                    cameBy[next] = arc;
                    if (next == sink) {
                        return true;
                    }
                    queue[end++] = next;
                }
            }
        }
        return false;
    }

    /** The servers that the last search could enter and not leave. */
    private List<Integer> boundary() {
        List<Integer> servers = new ArrayList<>();
        for (int server = 0; entry(server) < cameBy.length; server++) {
            if (cameBy[entry(server)] >= 0 && cameBy[exit(server)] < 0) {
                servers.add(server);
            }
        }
        return servers;
    }
}
