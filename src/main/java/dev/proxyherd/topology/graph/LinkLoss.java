package dev.proxyherd.topology.graph;

import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the loss of one link does at the worst.
 *
 * @param link the one whose loss does most: parts most servers from the others, or else makes ways longest
 * @param parted so many servers it parts from the others, the fewer of both sides; 0 for none
 * @param mostHops between two that are still joined, without it
 */
public record LinkLoss(Edge link, long parted, int mostHops) {
    /** A breadth-first search from each server for each link must not look at more links than these. */
    private static final long MOST_LINKS_SEEN = 500_000_000;

    /** Null where there is no link, or looking at the loss of each would take too long. */
    static @Nullable LinkLoss worst(Graph graph) {
        List<Edge> edges = graph.edges();
        if ((double) edges.size() * graph.size() * (graph.size() + 2.0 * edges.size()) > MOST_LINKS_SEEN) {
            return null;
        }
        LinkLoss worst = null;
        for (Edge edge : edges) {
            LinkLoss loss = of(graph, edge);
            if (worst == null || loss.parted > worst.parted
                    || (loss.parted == worst.parted && loss.mostHops > worst.mostHops)) {
                worst = loss;
            }
        }
        return worst;
    }

    private static LinkLoss of(Graph graph, Edge lost) {
        List<Edge> left = new ArrayList<>(graph.edges());
        left.remove(lost);
        Hops hops = Hops.of(Graph.of(graph.size(), left));
        return new LinkLoss(lost, smallerSide(graph.size(), hops.unjoined()), hops.most());
    }

    /** Of two sides that have so many ordered pairs between them: 2 a (size - a). */
    private static long smallerSide(int size, long unjoined) {
        return Math.round((size - Math.sqrt((double) size * size - 2.0 * unjoined)) / 2);
    }
}
