package dev.proxyherd.topology.plan;

import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.topology.HerdSettings;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import dev.proxyherd.topology.graph.Graph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes topologies of servers that are not there yet, and of links as a graph has them. */
public final class MadeUpHerd {
    private static final String HOST = "127.0.0.1";
    private static final int FIRST_PORT = 12_000;

    private MadeUpHerd() {
    }

    /** Names that sort in their order: S1 to S9, S01 to S99, and so on. */
    public static List<String> names(int servers) {
        int digits = String.valueOf(servers).length();
        return IntStream.rangeClosed(1, servers).mapToObj(number -> {
            String text = String.valueOf(number);
            return 'S' + "0".repeat(digits - text.length()) + text;
        }).toList();
    }

    /**
     * Servers without links, on this machine, at ports from 12000 on.
     *
     * @throws IllegalArgumentException if a name cannot be a server's, or is there twice
     */
    public static Topology of(List<String> names) {
        Map<String, ServerAddress> servers = new LinkedHashMap<>();
        for (String name : names) {
            if (!ServerName.isName(name)) {
                throw new IllegalArgumentException(
                        "'" + name + "' is no server name; use 1 to 64 of A-Z a-z 0-9 . _ -");
            }
            if (servers.put(name, new ServerAddress(HOST, FIRST_PORT + servers.size())) != null) {
                throw new IllegalArgumentException("'" + name + "' is there twice; rename or remove one");
            }
        }
        return linked(new Topology(servers, Map.of(), new HerdSettings(Map.of(), Map.of())),
                Graph.of(servers.size(), List.of()));
    }

    /** The servers and settings of a topology with other links, the graph's. */
    public static Topology linked(Topology herd, Graph links) {
        List<String> names = new ArrayList<>(herd.servers().keySet());
        Map<String, Set<String>> neighbours = new LinkedHashMap<>();
        for (int server = 0; server < names.size(); server++) {
            Set<String> ofOne = new LinkedHashSet<>();
            for (int other : links.neighbours(server)) {
                ofOne.add(names.get(other));
            }
            neighbours.put(names.get(server), ofOne);
        }
        return new Topology(herd.servers(), neighbours, herd.settings());
    }
}
