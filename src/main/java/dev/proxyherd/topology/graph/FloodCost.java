package dev.proxyherd.topology.graph;

/**
 * What one update costs a connected herd, where each server that learns it passes it on, once, to all its neighbours but
 * the one from which it came. So the server that heard it sends as many copies as it has links, each other one a copy
 * fewer: twice the links, less all servers but one, whatever the delays. A link that conflates sends fewer.
 *
 * @param copies that cross a link, in either direction: 2 links - (servers - 1)
 * @param mostHops from the server that heard it to the farthest: the diameter
 * @param meanHops over all ordered pairs of servers; 0 for a single one
 * @param mostLinks of a server
 * @param meanLinks of a server
 */
public record FloodCost(int copies, int mostHops, double meanHops, int mostLinks, double meanLinks) {

    /** @param hops the same graph's; all servers must be joined */
    static FloodCost of(Graph graph, Hops hops) {
        if (!hops.isConnected() || graph.size() == 0) {
            throw new IllegalArgumentException("an update does not reach all servers");
        }
        int size = graph.size();
        int links = graph.edges().size();
        int mostLinks = 0;
        for (int server = 0; server < size; server++) {
            mostLinks = Math.max(mostLinks, graph.degree(server));
        }
        double pairs = Math.max(1, (double) size * (size - 1));
        return new FloodCost(2 * links - (size - 1), hops.most(), hops.total() / pairs, mostLinks, 2.0 * links / size);
    }
}
