package dev.proxyherd.gateway;

import java.util.List;

/**
 * The herd as one process knows it, for {@code /api/herd}, the map's panel and {@code /metrics}.
 *
 * @param server the server whose port this is
 * @param servers all servers of the topology
 * @param links each link once for each direction that is known
 */
public record HerdStatus(String server, List<Server> servers, List<Link> links) {

    /** What is known of a server or a link; the links of a server that is down are unknown. */
    public enum State { UP, DOWN, UNKNOWN }

    /**
     * One server.
     *
     * @param address where it accepts clients
     * @param clients how many clients it knows; -1 if that is not known here
     * @param connections how many connections are open; -1 if that is not known here
     * @param journalBytes the size of its journal; -1 if there is none, or that is not known here
     * @param journalRecords how many records that holds; likewise
     */
    public record Server(String name, String address, State state, long clients, long connections,
            long journalBytes, long journalRecords) {
    }

    /**
     * One direction of a link: what {@code from} tells {@code to}. Counters run from the server's start.
     *
     * @param queue how many updates wait to be sent
     * @param sentLines AT lines sent, those of resyncs included
     * @param sentBytes their bytes
     * @param resyncs how many times the link has come up
     */
    public record Link(String from, String to, State state, long queue, long sentLines, long sentBytes, long resyncs) {
    }

    public HerdStatus {
        servers = List.copyOf(servers);
        links = List.copyOf(links);
    }
}
