package dev.proxyherd.server.process;

import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.server.Node;
import dev.proxyherd.server.ServerSettings;
import dev.proxyherd.topology.Topology;
import java.util.List;

/**
 * What a process of servers runs.
 *
 * @param topology the whole herd
 * @param nodes the servers that run here, one or more
 * @param http the HTTP ports, one at most for each of them
 * @param servers how all of them are set
 * @param places what all of them ask; the process closes it
 */
public record ProcessSettings(
        Topology topology, List<Node> nodes, List<HttpPort> http, ServerSettings servers, PlacesProvider places) {

    public ProcessSettings {
        nodes = List.copyOf(nodes);
        http = List.copyOf(http);
    }
}
