package dev.proxyherd.topology.plan;

import dev.proxyherd.topology.graph.Graph;
import dev.proxyherd.topology.graph.Graph.Edge;
import dev.proxyherd.topology.graph.Survival;
import java.util.stream.IntStream;

/**
 * Proposes links. The fewest come first, for each costs every update two copies, then the fewest hops. To survive the loss
 * of any k others each server needs k + 1 links, so half of (k + 1) times servers, rounded up, is the least. Where no loss
 * need be survived a star does, with a link less than servers.
 */
public final class LinkPlan {
    public static final int MOST_SERVERS = 1000;

    private LinkPlan() {
    }

    /** The most losses that so many servers can survive: with all linked to all the last two are still joined. */
    public static int mostLosses(int servers) {
        return servers == 1 ? Survival.MOST_LOSSES : Math.min(Survival.MOST_LOSSES, servers - 2);
    }

    /**
     * @param servers 1 to {@link #MOST_SERVERS}
     * @param losses how many servers or links may be lost, 0 to {@link #mostLosses}
     */
    public static Graph propose(int servers, int losses) {
        if (servers < 1 || servers > MOST_SERVERS || losses < 0 || losses > mostLosses(servers)) {
            throw new IllegalArgumentException(servers + " servers cannot survive " + losses + " losses");
        }
        if (losses == 0 || servers == 1) {
            return Graph.of(servers, IntStream.range(1, servers).mapToObj(other -> Edge.between(0, other)).toList());
        }
        Graph harary = HararyGraph.of(servers, losses + 1);
        // A ring, and all linked to all, are the only ones of their size.
        return losses == 1 || harary.isComplete() ? harary : new Rewiring(harary, losses + 1).best();
    }
}
