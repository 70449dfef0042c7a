package dev.proxyherd.cli;

import dev.proxyherd.gateway.HerdStatus;
import dev.proxyherd.gateway.HerdStatus.State;
import dev.proxyherd.server.HerdServer;
import dev.proxyherd.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The herd as this process knows it: all of the topology, and the state of the servers that run here.
 *
 * @param self the server whose HTTP port shows it
 * @param running the servers that run in this process
 */
record HerdBoard(String self, Topology topology, List<HerdServer> running) implements Supplier<HerdStatus> {

    @Override
    public HerdStatus get() {
        List<HerdStatus.Server> servers = new ArrayList<>();
        List<HerdStatus.Link> links = new ArrayList<>();
        topology.servers().forEach((name, address) -> {
            HerdServer server = find(name);
            servers.add(server == null
                    ? new HerdStatus.Server(name, address.toString(), State.UNKNOWN, -1, -1)
                    : new HerdStatus.Server(name, server.config().listen().toString(), State.UP,
                            server.store().size(), server.connections()));
            for (String neighbour : topology.neighbours().get(name)) {
                links.add(new HerdStatus.Link(name, neighbour, State.UNKNOWN, -1, -1, -1, -1));
            }
        });
        return new HerdStatus(self, servers, links);
    }

    private HerdServer find(String name) {
        for (HerdServer server : running) {
            if (server.config().name().toString().equals(name)) {
                return server;
            }
        }
        return null;
    }
}
