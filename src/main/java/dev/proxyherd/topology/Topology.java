package dev.proxyherd.topology;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The herd: its servers, and for each of them its neighbours. Immutable; the order is that of the file.
 *
 * @param servers each server's address by its name
 * @param neighbours each server's neighbours by its name; every server has an entry
 * @param settings what the file sets for all servers
 */
public record Topology(
        Map<String, ServerAddress> servers, Map<String, Set<String>> neighbours, HerdSettings settings) {

    public Topology {
        servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
        neighbours = Collections.unmodifiableMap(new LinkedHashMap<>(neighbours));
    }

    /** The addresses of a server's neighbours, by name. */
    public Map<String, ServerAddress> neighboursOf(String server) {
        Map<String, ServerAddress> result = new LinkedHashMap<>();
        linkedTo(server).forEach(name -> result.put(name, servers.get(name)));
        return result;
    }

    private Set<String> linkedTo(String server) {
        return Objects.requireNonNull(neighbours.get(server), server);
    }

    /** The servers that no path of links joins to the first one; empty when updates can reach everyone. */
    public Set<String> island() {
        Set<String> unreached = new TreeSet<>(servers.keySet());
        Deque<String> next = new ArrayDeque<>();
        String first = servers.keySet().iterator().next();
        next.add(first);
        unreached.remove(first);
        while (!next.isEmpty()) {
            for (String neighbour : linkedTo(next.remove())) {
                if (unreached.remove(neighbour)) {
                    next.add(neighbour);
                }
            }
        }
        return unreached;
    }
}
