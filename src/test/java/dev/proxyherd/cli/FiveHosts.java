package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Five servers on hosts of their own, which are networks of the kernel; Parker is the neighbour of all others, as is Welsh. */
final class FiveHosts implements AutoCloseable {
    static final List<String> NAMES = List.of("Alford", "Bolden", "Hamilton", "Parker", "Welsh");
    private static final List<List<String>> LINKS = List.of(List.of("Alford", "Parker"), List.of("Bolden", "Parker"),
            List.of("Hamilton", "Parker"), List.of("Alford", "Welsh"), List.of("Bolden", "Welsh"),
            List.of("Hamilton", "Welsh"));
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Path dir;
    private final Namespaces networks;
    private final Path topology;
    private final Map<String, HerdProcess> servers = new LinkedHashMap<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    FiveHosts(Path dir) throws IOException {
        this.dir = dir;
        networks = Namespaces.make(NAMES.toArray(String[]::new));
        Files.writeString(dir.resolve("the-secret"), "a secret for tests only");
        String addresses = NAMES.stream().map(name -> "\"" + name + "\": {\"host\": \"" + address(name)
                + "\", \"port\": 12000}").collect(Collectors.joining(", "));
        String links = LINKS.stream().map(link -> "[\"" + String.join("\", \"", link) + "\"]")
                .collect(Collectors.joining(", "));
        topology = Files.writeString(dir.resolve("herd.json"),
                "{\"servers\": {" + addresses + "}, \"links\": [" + links + "]}");
    }

    String address(String name) {
        return networks.addresses().get(name);
    }

    static List<String> neighbours(String name) {
        return LINKS.stream().filter(link -> link.contains(name))
                .map(link -> link.get(1 - link.indexOf(name))).toList();
    }

    /** Starts a server from a build of its own, or from the classes under test. */
    HerdProcess start(String name, Path jar, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--name", name, "--topology", topology.toString(), "--secret-file",
                "the-secret", "--state-dir", "state-" + name));
        all.addAll(List.of(options));
        HerdProcess server =
                HerdProcess.startInNetwork(dir, networks.space(name), jar, null, all.toArray(String[]::new));
        opened.add(server);
        servers.put(name, server);
        return server;
    }

    HerdProcess server(String name) {
        return servers.get(name);
    }

    SteadyReports report(String server, String prefix) throws IOException {
        SteadyReports reports = new SteadyReports(HerdProcess.startInNetwork(dir, networks.space(server), null, "send",
                "--server", server, "--topology", topology.toString(), "--timeout", "60s"), prefix);
        opened.add(reports);
        return reports;
    }

    /** Asks from the switch, once. */
    HerdProcess status(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("status", "--topology", topology.toString(), "--secret-file",
                "the-secret", "--timeout", "5s"));
        all.addAll(List.of(options));
        HerdProcess status = HerdProcess.startInNetwork(dir, networks.space("switch"), null,
                all.toArray(String[]::new));
        opened.add(status);
        return status;
    }

    /** Waits until all know the same, so many clients, and nothing is wrong. */
    void awaitAgreement(int clients, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--json", "--watch", "200ms"));
        all.addAll(List.of(options));
        try (HerdProcess watch = status(all.toArray(String[]::new))) {
            Await.until("all know the same " + clients + " clients", LIMIT, () -> {
                String[] lines = watch.out().split("\n");
                String last = lines[lines.length - 1];
                return last.contains("\"converged\":true,\"faults\":[]")
                        && last.split("\"clients\":" + clients + ",", -1).length == NAMES.size() + 1;
            });
        }
    }

    /** What a server holds of clients: the time of each one's newest report. */
    Map<String, Integer> known(String server, Iterable<String> clients) throws IOException {
        StringBuilder questions = new StringBuilder();
        clients.forEach(client -> questions.append("WHATSAT ").append(client).append(" 1 0\n"));
        Path input = Files.writeString(dir.resolve("questions"), questions);
        Map<String, Integer> newest = new HashMap<>();
        try (HerdProcess send = HerdProcess.startInNetwork(dir, networks.space(server), input, "send", "--server",
                server, "--topology", topology.toString(), "--timeout", "60s")) {
            assertThat(send.exitCode()).as("%s%s", send.out(), send.err()).isZero();
            send.out().lines().forEach(line -> SteadyReports.note(line, newest));
        }
        return newest;
    }

    String log(String server) throws IOException {
        return Files.readString(dir.resolve("state-" + server + "/server-" + server + ".log"),
                StandardCharsets.ISO_8859_1);
    }

    int timesLogged(String server, String text) throws IOException {
        return log(server).split(java.util.regex.Pattern.quote(text), -1).length - 1;
    }

    void awaitLogged(String server, String text, int times) {
        Await.until(server + " logs '" + text + "' " + times + " times", LIMIT,
                () -> timesLogged(server, text) >= times);
    }

    void awaitLinks() {
        NAMES.forEach(name -> neighbours(name).forEach(one -> awaitLogged(name, "link to " + one + " up", 1)));
    }

    /** What crosses the switch from now on. */
    Captured capture() throws IOException {
        Captured captured = Captured.in(networks.space("switch"), dir);
        opened.add(captured);
        return captured;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        networks.close();
    }
}
