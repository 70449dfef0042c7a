package dev.proxyherd.server;

import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.topology.NeighbourChanges;
import dev.proxyherd.topology.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One server's place in the herd.
 *
 * @param listen where it accepts connections
 * @param host its host in the topology, by which others know it; it may listen elsewhere
 * @param neighbours its neighbours' names and where each of them listens
 * @param servers the names of all servers of the herd
 * @param herd names the herd by its content, see {@link dev.proxyherd.topology.TopologyHash}
 */
public record Node(ServerName name, ServerAddress listen, String host, Map<String, ServerAddress> neighbours,
        Set<String> servers, String herd) {

    /** What its certificate may be for, where certificates are checked; neighbours go by the same. */
    public Set<String> certifiable() {
        return Set.copyOf(List.of(name.toString(), host));
    }

    /** What has changed since the server's place was another, in words; empty when nothing has. */
    public List<String> changesSince(Node before) {
        List<String> words = new ArrayList<>();
        if (!listen.equals(before.listen)) {
            words.add(name + " listens on " + listen + ", and no longer on " + before.listen);
        }
        words.addAll(NeighbourChanges.between(before.neighbours, neighbours).words());
        if (!herd.equals(before.herd)) {
            words.add("the topology is " + herd + ", and was " + before.herd);
        }
        return words;
    }
}
