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
import java.util.Map;
import java.util.function.Supplier;

/**
 * The herd as its HTTP ports show it: all servers of the topology, those that run here and those that answer elsewhere.
 *
 * @param self the server whose HTTP port shows it
 * @param running the servers that run in this process
 * @param others asks the servers of other processes
 */
record HerdBoard(String self, Topology topology, List<HerdServer> running, OtherServers others)
        implements Supplier<HerdStatus> {

    @Override
    public HerdStatus get() {
        List<HerdStatus.Server> servers = new ArrayList<>();
        List<HerdStatus.Link> links = new ArrayList<>();
        Map<String, ServerStatus> elsewhere = others.status();
        topology.servers().forEach((name, address) -> {
            HerdServer server = find(name);
            ServerStatus status = server == null ? elsewhere.get(name) : server.status(0);
            if (status == null) {
                servers.add(new HerdStatus.Server(name, address.toString(), State.DOWN, -1, -1, -1, -1, null));
                links.addAll(unknown(name));
            } else {
                servers.add(known(server == null ? address.toString() : server.config().listen().toString(), status));
                links.addAll(known(name, status.links()));
            }
        });
        return new HerdStatus(self, servers, links);
    }

    private static HerdStatus.Server known(String address, ServerStatus status) {
        JournalStatus journal = status.journal();
        return new HerdStatus.Server(status.name(), address, State.UP, status.clients(), status.connections(),
                journal == null ? -1 : journal.bytes(), journal == null ? -1 : journal.records(),
                status.digest());
    }

    private List<HerdStatus.Link> unknown(String server) {
        return topology.neighbours().get(server).stream()
                .map(neighbour -> new HerdStatus.Link(server, neighbour, State.UNKNOWN, -1, -1, -1, -1, -1)).toList();
    }

    private static List<HerdStatus.Link> known(String server, List<LinkStatus> links) {
        return links.stream()
                .map(link -> new HerdStatus.Link(server, link.neighbour(), link.up() ? State.UP : State.DOWN,
                        link.queued(), link.linesSent(), link.bytesSent(), link.starts(), link.heardMillisAgo()))
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
