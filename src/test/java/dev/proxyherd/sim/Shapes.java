package dev.proxyherd.sim;

import dev.proxyherd.topology.graph.Graph;
import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Ways to link any number of servers. */
enum Shapes {
    CHAIN("chain") {
        @Override
        List<Edge> edges(int servers, Random random) {
            return IntStream.range(1, servers).mapToObj(server -> Edge.between(server - 1, server)).toList();
        }
    },

    RING("ring") {
        @Override
        List<Edge> edges(int servers, Random random) {
            return IntStream.range(0, servers).mapToObj(server -> Edge.between(server, (server + 1) % servers))
                    .toList();
        }
    },

    /** Each has two below it. */
    TREE("tree") {
        @Override
        List<Edge> edges(int servers, Random random) {
            return IntStream.range(1, servers).mapToObj(server -> Edge.between(server, (server - 1) / 2)).toList();
        }
    },

    /** A centre, the hubs around it, and as many others around each hub as there are hubs. */
    STARS("star of stars") {
        @Override
        List<Edge> edges(int servers, Random random) {
            int hubs = Math.max(1, (int) Math.sqrt(servers - 1.0));
            return IntStream.range(1, servers)
                    .mapToObj(server -> Edge.between(server, server <= hubs ? 0 : 1 + (server - 1) % hubs)).toList();
        }
    },

    /** A ring, and each linked to some other one besides, but for one where their number is odd (B. Bollobás, F. Chung, 1988). */
    CUBIC("random 3-regular") {
        @Override
        List<Edge> edges(int servers, Random random) {
            List<Edge> edges = new ArrayList<>(RING.edges(servers, random));
            Graph ring = Graph.of(servers, edges);
            List<Integer> order = new ArrayList<>(IntStream.range(0, servers).boxed().toList());
            do {
                Collections.shuffle(order, random);
            } while (servers > 4 && IntStream.range(0, servers / 2)
                    .anyMatch(i -> ring.areLinked(order.get(2 * i), order.get(2 * i + 1))));
            for (int i = 0; i < servers / 2; i++) {
                edges.add(Edge.between(order.get(2 * i), order.get(2 * i + 1)));
            }
            return edges;
        }
    },

    FULL("full") {
        @Override
        List<Edge> edges(int servers, Random random) {
            return IntStream.range(0, servers).boxed().flatMap(
                    one -> IntStream.range(one + 1, servers).mapToObj(other -> Edge.between(one, other))).toList();
        }
    };

    private final String label;

    Shapes(String label) {
        this.label = label;
    }

    abstract List<Edge> edges(int servers, Random random);

    Graph graph(int servers, long seed) {
        return Graph.of(servers, edges(servers, new Random(seed)));
    }

    @Override
    public String toString() {
        return label;
    }
}
