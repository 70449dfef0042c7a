package dev.proxyherd.status;

import java.util.List;

/**
 * The herd as one process knows it, for {@code /api/herd}, the map's panel and {@code /metrics}.
 *
 * @param server the server whose port this is
 * @param servers all servers of the topology
 * @param links each link once for each direction that is known
 * @param faults what takes a person to mend, such as a clock that is wrong, in words
 */
public record HerdStatus(String server, List<Server> servers, List<Link> links, List<String> faults) {

    /** A herd in which nothing takes a person to mend. */
    public HerdStatus(String server, List<Server> servers, List<Link> links) {
        this(server, servers, links, List.of());
    }

    /** What is known of a server or a link; the links of a server that is down are unknown. */
    public enum State {
        UP, DOWN, UNKNOWN
    }

    /**
     * One server.
     *
     * @param address where it accepts clients
     * @param clients how many clients it knows; -1 if that is not known here
     * @param connections how many connections are open; -1 if that is not known here
     * @param journalBytes the size of its journal; -1 if there is none, or that is not known here
     * @param journalRecords how many records that holds; likewise
     * @param digest of its store, equal on servers that know the same; null if that is not known here
     */
    public record Server(String name, String address, State state, long clients, long connections,
            long journalBytes, long journalRecords, String digest) {
    }

    /**
     * One direction of a link: what {@code from} tells {@code to}. Counters run from the server's start.
     *
     * @param queue how many updates wait to be sent
     * @param sentLines AT lines sent, those of resyncs included
     * @param sentBytes their bytes
     * @param resyncs how many times the link has come up
     * @param heardMillisAgo how long ago {@code to} was last heard on it; -1 if it is not up, or that is not known here
     */
    public record Link(String from, String to, State state, long queue, long sentLines, long sentBytes, long resyncs,
            long heardMillisAgo) {
    }

    /** Whether all servers are up and know the same, and nothing is wrong that would hide if they did not. */
    public boolean isConverged() {
        return faults.isEmpty() && servers.stream().allMatch(server -> server.state() == State.UP)
                && servers.stream().map(Server::digest).distinct().count() == 1;
    }

    public HerdStatus {
        servers = List.copyOf(servers);
        links = List.copyOf(links);
        faults = List.copyOf(faults);
    }
}
