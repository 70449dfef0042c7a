package dev.proxyherd.topology.plan;

import dev.proxyherd.topology.graph.Graph;
import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph with the fewest links that the loss of fewer servers than each has links cannot part (F. Harary, The maximum
 * connectivity of a graph, 1962): a ring in which each is linked to the nearest on both sides, and, where links are odd,
 * to the one opposite.
 */
final class HararyGraph {
    private HararyGraph() {
    }

    /**
     * @param size how many servers
     * @param degree how many links of each, 2 to size - 1; where both are odd, one server has one more
     */
    static Graph of(int size, int degree) {
        List<Edge> edges = new ArrayList<>();
        for (int offset = 1; offset <= degree / 2; offset++) {
            for (int server = 0; server < size; server++) {
                edges.add(Edge.between(server, (server + offset) % size));
            }
        }
        if (degree % 2 == 1) {
            int opposite = (size + 1) / 2;
            for (int server = 0; server < size / 2; server++) {
                edges.add(Edge.between(server, server + opposite));
            }
            if (size % 2 == 1) {
                edges.add(Edge.between(0, size / 2));
            }
        }
        return Graph.of(size, edges);
    }
}
