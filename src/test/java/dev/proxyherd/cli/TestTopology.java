package dev.proxyherd.cli;

import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A folder with a topology file like the shipped one, but on free ports; the servers' state goes there too. */
public record TestTopology(Path dir, Map<String, Integer> ports) {

    /** The five servers. */
    public static TestTopology write(Path dir) throws IOException {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String name : new String[] {"Alford", "Bolden", "Hamilton", "Parker", "Welsh"}) {
            ports.put(name, FreePorts.next());
        }
        String servers = ports.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": {\"host\": \"127.0.0.1\", \"port\": " + entry.getValue()
                        + "}")
                .collect(Collectors.joining(", "));
        Files.writeString(dir.resolve("herd-topology.json"), "{\"servers\": {" + servers + "}, \"links\": ["
                + "[\"Alford\", \"Parker\"], [\"Alford\", \"Welsh\"], [\"Bolden\", \"Parker\"], [\"Bolden\", \"Welsh\"],"
                + "[\"Hamilton\", \"Parker\"]]}");
        return new TestTopology(dir, ports);
    }

    Set<String> names() {
        return ports.keySet();
    }

    public String address(String name) {
        return "127.0.0.1:" + ports.get(name);
    }

    public RawClient connect(String name) throws IOException {
        return new RawClient(ports.get(name));
    }

    public String log(String name) throws IOException {
        return Files.readString(dir.resolve("state/server-" + name + ".log"), StandardCharsets.ISO_8859_1);
    }

    /** The AT line that a server gives for a client, or a line with a question mark. */
    String whatsat(String server, String client) throws IOException {
        try (RawClient connection = connect(server)) {
            return connection.ask("WHATSAT " + client + " 1 0");
        }
    }
}
