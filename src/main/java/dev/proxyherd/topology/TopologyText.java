package dev.proxyherd.topology;

import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A topology as the text of a file that {@link TopologyFile} reads as the same topology, a server or link a line. */
public final class TopologyText {
    private TopologyText() {
    }

    public static String of(Topology topology) {
        List<String> parts = new ArrayList<>();
        parts.add("  \"servers\": {\n" + String.join(",\n", servers(topology.servers())) + "\n  }");
        List<String> links = links(topology.neighbours());
        parts.add(links.isEmpty() ? "  \"links\": []" : "  \"links\": [\n" + String.join(",\n", links) + "\n  ]");
        topology.settings().values().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(setting -> parts.add("  " + quoted(setting.getKey()) + ": " + quoted(setting.getValue())));
        return "{\n" + String.join(",\n", parts) + "\n}\n";
    }

    private static List<String> servers(Map<String, ServerAddress> servers) {
        return servers.entrySet().stream().map(server -> "    " + quoted(server.getKey()) + ": {\"host\": "
                + quoted(server.getValue().host()) + ", \"port\": " + server.getValue().port() + '}').toList();
    }

    private static List<String> links(Map<String, Set<String>> neighbours) {
        List<String> links = new ArrayList<>();
        Set<String> before = new HashSet<>();
        neighbours.forEach((name, others) -> {
            others.stream().filter(other -> !before.contains(other))
                    .forEach(other -> links.add("    [" + quoted(name) + ", " + quoted(other) + ']'));
            before.add(name);
        });
        return links;
    }

    private static String quoted(String text) {
        return new JsonPrimitive(text).toString();
    }
}
