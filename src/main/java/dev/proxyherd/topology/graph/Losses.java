package dev.proxyherd.topology.graph;

import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.List;

/** Servers and links that are lost together; a server's links go with it. */
public record Losses(List<Integer> servers, List<Edge> links) {

    public Losses {
        servers = List.copyOf(servers);
        links = List.copyOf(links);
    }

    public int size() {
        return servers.size() + links.size();
    }
}
