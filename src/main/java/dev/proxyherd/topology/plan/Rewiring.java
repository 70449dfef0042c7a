package dev.proxyherd.topology.plan;

import dev.proxyherd.topology.graph.DisjointWays;
import dev.proxyherd.topology.graph.Graph;
import dev.proxyherd.topology.graph.Graph.Edge;
import dev.proxyherd.topology.graph.Hops;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Shortens a graph's ways without another link: it lets two links exchange an end, which leaves each server as many links
 * as before, and keeps what is no longer and survives as much. At first it exchanges at random, for a random graph's ways
 * are far shorter than those of a ring, then it climbs. Bounded by steps, not by time, so that the same question has the
 * same answer. One use.
 */
final class Rewiring {
    /** Of breadth-first searches, some second's. */
    private static final long MOST_ARCS_SEEN = 100_000_000;
    private static final int MOST_STEPS = 20_000;
    private static final int MOST_SHUFFLES = 1_000;

    private final Graph start;
    private final int degree;
    private final Random random;

    /** @param degree how many disjoint ways join any two servers of the graph, and must go on doing so */
    Rewiring(Graph start, int degree) {
        this.start = start;
        this.degree = degree;
        this.random = new Random(31L * start.size() + degree);
    }

    Graph best() {
        Graph climbed = climb(shuffled());
        return Hops.of(climbed).compareTo(Hops.of(start)) < 0 ? climbed : start;
    }

    private Graph shuffled() {
        Graph graph = start;
        for (int i = 0; i < Math.min(MOST_SHUFFLES, start.edges().size()); i++) {
            Graph next = exchanged(graph);
            graph = next == null ? graph : next;
        }
        return graph;
    }

    private Graph climb(Graph from) {
        Graph best = from;
        Hops hops = Hops.of(best);
        long arcsOfAStep = (long) start.size() * (start.size() + 2L * start.edges().size());
        long steps = Math.min(MOST_STEPS, MOST_ARCS_SEEN / arcsOfAStep);
        for (long step = 0; step < steps && hops.total() > leastTotal(); step++) {
            Graph next = exchanged(best);
            Hops nextHops = next == null ? hops : Hops.of(next);
            if (next != null && nextHops.compareTo(hops) <= 0) {
                best = next;
                hops = nextHops;
            }
        }
        return best;
    }

    /** Two links with one end exchanged; null where that makes no other graph, or one that survives less. */
    private @Nullable Graph exchanged(Graph graph) {
        List<Edge> edges = graph.edges();
        Edge first = edges.get(random.nextInt(edges.size()));
        Edge second = edges.get(random.nextInt(edges.size()));
        boolean turned = random.nextBoolean();
        int one = turned ? second.other() : second.one();
        int other = turned ? second.one() : second.other();
        if (first.one() == one || first.other() == other || graph.areLinked(first.one(), one)
                || graph.areLinked(first.other(), other)) {
            return null;
        }
        List<Edge> changed = new ArrayList<>(edges);
        changed.remove(first);
        changed.remove(second);
        changed.add(Edge.between(first.one(), one));
        changed.add(Edge.between(first.other(), other));
        Graph next = Graph.of(graph.size(), changed);
        return survivesAsMuch(next, first, second) ? next : null;
    }

    /**
     * Where fewer losses part the new graph than the old one, they part the ends of a link that is gone: else each way
     * through it could go round, and the old graph would be parted, too.
     */
    private boolean survivesAsMuch(Graph next, Edge first, Edge second) {
        DisjointWays ways = new DisjointWays(next);
        return ways.parting(first.one(), first.other(), degree) == null
                && ways.parting(second.one(), second.other(), degree) == null;
    }

    /** No graph has shorter ways: each hop reaches no more servers than the links of those before (E. Moore's bound). */
    private long leastTotal() {
        long ofOne = 0;
        long reached = 1;
        long ring = degree;
        for (int hops = 1; reached < start.size(); hops++) {
            long here = Math.min(ring, start.size() - reached);
            ofOne += here * hops;
            reached += here;
            ring *= degree - 1;
        }
        return ofOne * start.size();
    }
}
