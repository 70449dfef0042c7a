package dev.proxyherd.cli;

import dev.proxyherd.gateway.HerdStatus;
import dev.proxyherd.gateway.HerdStatus.State;
import dev.proxyherd.link.LinkStatus;
import dev.proxyherd.server.HerdServer;
import dev.proxyherd.server.ServerStatus;
import dev.proxyherd.store.JournalStatus;
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
            if (server == null) {
                servers.add(new HerdStatus.Server(name, address.toString(), State.UNKNOWN, -1, -1, -1, -1));
                links.addAll(unknown(name));
            } else {
                ServerStatus status = server.status(0);
                servers.add(known(server.config().listen().toString(), status));
                links.addAll(known(name, status.links()));
            }
        });
        return new HerdStatus(self, servers, links);
    }

    private static HerdStatus.Server known(String address, ServerStatus status) {
        JournalStatus journal = status.journal();
        return new HerdStatus.Server(status.name(), address, State.UP, status.clients(), status.connections(),
                journal == null ? -1 : journal.bytes(), journal == null ? -1 : journal.records());
    }

    private List<HerdStatus.Link> unknown(String server) {
        return topology.neighbours().get(server).stream()
                .map(neighbour -> new HerdStatus.Link(server, neighbour, State.UNKNOWN, -1, -1, -1, -1)).toList();
    }

    private static List<HerdStatus.Link> known(String server, List<LinkStatus> links) {
        return links.stream()
                .map(link -> new HerdStatus.Link(server, link.neighbour(), link.up() ? State.UP : State.DOWN,
                        link.queued(), link.linesSent(), link.bytesSent(), link.starts()))
                .toList();
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
