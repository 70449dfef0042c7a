package dev.proxyherd.topology.graph;

import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The servers and links each of which alone parts those that it joins when it is lost: articulation points and bridges,
 * by one depth-first search (J. Hopcroft, R. Tarjan, Algorithm 447: efficient algorithms for graph manipulation, 1973).
 *
 * @param servers in ascending order
 * @param links by their ends
 */
public record CutPoints(List<Integer> servers, List<Edge> links) {

    public CutPoints {
        servers = List.copyOf(servers);
        links = List.copyOf(links);
    }

    public static CutPoints of(Graph graph) {
        return new Search(graph).run();
    }

    /** The search keeps its own stack: a chain may be longer than a thread's is deep. */
    private static final class Search {
        private final Graph graph;
        /** When a server was first met, from 1; 0 for not yet. */
        private final int[] order;
        /** The earliest server that it, or any below it, is linked to beside the way they were found. */
        private final int[] earliest;
        private final int[] parent;
        private final int[] tried;
        private final BitSet cut = new BitSet();
        private final List<Edge> bridges = new ArrayList<>();
        private int met;

        Search(Graph graph) {
            this.graph = graph;
            int size = graph.size();
            order = new int[size];
            earliest = new int[size];
            parent = new int[size];
            tried = new int[size];
        }

        CutPoints run() {
            for (int server = 0; server < order.length; server++) {
                if (order[server] == 0) {
                    searchFrom(server);
                }
            }
            bridges.sort((a, b) -> a.one() == b.one() ? a.other() - b.other() : a.one() - b.one());
            return new CutPoints(cut.stream().boxed().toList(), bridges);
        }

        private void searchFrom(int root) {
            int branches = 0;
            meet(root, -1);
            int at = root;
            while (at >= 0) {
                int[] neighbours = graph.neighbours(at);
                if (tried[at] < neighbours.length) {
                    int next = neighbours[tried[at]++];
                    if (order[next] == 0) {
                        branches += at == root ? 1 : 0;
                        meet(next, at);
                        at = next;
                    } else if (next != parent[at]) {
                        earliest[at] = Math.min(earliest[at], order[next]);
                    }
                } else {
                    leave(at, root);
                    at = parent[at];
                }
            }
            cut.set(root, branches > 1);
        }

        private void meet(int server, int from) {
            order[server] = ++met;
            earliest[server] = met;
            parent[server] = from;
        }

        private void leave(int server, int root) {
            int above = parent[server];
            if (server == root) {
                return;
            }
            earliest[above] = Math.min(earliest[above], earliest[server]);
            if (earliest[server] >= order[above]) {
                cut.set(above);
            }
            if (earliest[server] > order[above]) {
                bridges.add(Edge.between(above, server));
            }
        }
    }
}
