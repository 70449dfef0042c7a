package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes in networks of their own, each with a topology file of its own, while clients go on reporting to them. */
class GrowingNetworksTest {
    private static final String[] FIVE = {"Alford", "Bolden", "Hamilton", "Parker", "Welsh"};
    private static final int CLIENTS = 20_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Map<String, HerdProcess> servers = new LinkedHashMap<>();
    private final List<HerdProcess> processes = new ArrayList<>();

    @TempDir
    private Path dir;

    private Namespaces networks;

    @BeforeEach
    void makeNetworks() throws IOException {
        networks = Namespaces.make("Alford", "Bolden", "Hamilton", "Parker", "Welsh", "Zeta");
        Files.writeString(dir.resolve("the-secret"), "a secret for tests only");
    }

    @AfterEach
    void deleteAll() {
        processes.forEach(HerdProcess::close);
        networks.close();
    }

    private String topology(List<String> names, List<List<String>> links) {
        String addresses = names.stream().map(name -> "\"" + name + "\": {\"host\": \"" + networks.addresses().get(name)
                + "\", \"port\": 12000}").collect(Collectors.joining(", "));
        String pairs = links.stream().map(link -> "[\"" + link.get(0) + "\", \"" + link.get(1) + "\"]")
                .collect(Collectors.joining(", "));
        return "{\"servers\": {" + addresses + "}, \"links\": [" + pairs + "]}";
    }

    private Path file(String name) {
        return dir.resolve(name + ".json");
    }

    private void give(List<String> names, String topology) throws IOException {
        for (String name : names) {
            Path whole = Files.writeString(dir.resolve("whole"), topology);
            Files.move(whole, file(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private HerdProcess run(String network, Path input, String... arguments) throws IOException {
        HerdProcess process = HerdProcess.startInNetwork(dir, networks.space(network), input, arguments);
        processes.add(process);
        return process;
    }

    private void start(String name) throws IOException {
        servers.put(name, run(name, null, "--name", name, "--topology", file(name).toString(), "--secret-file",
                "the-secret", "--state-dir", "state-" + name));
    }

    /** Reports clients to a server on one connection, some of them again and again. */
    private HerdProcess report(String server, String prefix, int times) throws IOException {
        String commands =
                IntStream.range(0, times).mapToObj(i -> "IAMAT " + prefix + i % CLIENTS + " +34-118 " + (i + 1) + '\n')
                        .collect(Collectors.joining());
        Path input = Files.writeString(dir.resolve("commands-" + prefix), commands);
        return run(server, input, "send", "--server", server, "--topology", file(server).toString(), "--timeout",
                "60s");
    }

    private void allAnswered(HerdProcess send, String server, int times) throws IOException {
        assertThat(send.exitCode()).as("%s", send.err()).isZero();
        assertThat(send.out().lines().filter(line -> line.startsWith("AT " + server)).count()).isEqualTo(times);
    }

    private String log(String server) throws IOException {
        return Files.readString(dir.resolve("state-" + server + "/server-" + server + ".log"),
                StandardCharsets.ISO_8859_1);
    }

    /** Asks from the switch until all of this topology know the same, so many clients. */
    private String awaitWell(String of, int servers, int clients) throws IOException {
        try (HerdProcess watch = run("switch", null, "status", "--json", "--watch", "200ms", "--topology",
                file(of).toString(), "--secret-file", "the-secret", "--timeout", "5s")) {
            Await.until("all know the same " + clients + " clients", LIMIT, () -> {
                String last = last(watch);
                return last.contains("\"converged\":true,\"faults\":[]")
                        && last.split("\"clients\":" + clients + ",", -1).length == servers + 1;
            });
            return last(watch);
        }
    }

    private static String last(HerdProcess watch) throws IOException {
        String[] lines = watch.out().split("\n");
        return lines[lines.length - 1];
    }

    @Test
    @Timeout(240)
    void aServerIsAddedAndOneRemovedUnderLoadAndNothingAcknowledgedIsLost() throws IOException {
        List<String> five = List.of(FIVE);
        List<List<String>> links = List.of(List.of("Alford", "Parker"), List.of("Alford", "Welsh"),
                List.of("Bolden", "Parker"), List.of("Bolden", "Welsh"), List.of("Hamilton", "Parker"));
        give(five, topology(five, links));
        for (String name : five) {
            start(name);
        }
        servers.values().forEach(HerdProcess::awaitUp);
        int times = 3 * CLIENTS;
        HerdProcess toAlford = report("Alford", "a", times);
        HerdProcess toHamilton = report("Hamilton", "h", times);
        HerdProcess toWelsh = report("Welsh", "w", CLIENTS);

        List<String> six = List.of("Alford", "Bolden", "Hamilton", "Parker", "Welsh", "Zeta");
        List<List<String>> more = new ArrayList<>(links);
        more.add(List.of("Zeta", "Hamilton"));
        more.add(List.of("Zeta", "Bolden"));
        give(six, topology(six, more));
        start("Zeta");
        servers.get("Zeta").awaitUp();
        allAnswered(toWelsh, "Welsh", CLIENTS);

        List<String> rest = List.of("Alford", "Bolden", "Hamilton", "Parker", "Zeta");
        List<List<String>> left = more.stream().filter(link -> !link.contains("Welsh")).toList();
        String shrunk = topology(rest, left);
        give(six, shrunk);
        HerdProcess reload = run("switch", null, "reload", "--topology", file("Alford").toString(), "--secret-file",
                "the-secret", "--timeout", "30s");
        assertThat(reload.exitCode()).as("%s%s", reload.out(), reload.err()).isZero();
        allAnswered(toAlford, "Alford", times);
        allAnswered(toHamilton, "Hamilton", times);

        String status = awaitWell("Alford", 5, 3 * CLIENTS);
        assertThat(status).doesNotContain("\"name\":\"Welsh\"", "\"neighbour\":\"Welsh\"");
        Await.until("Welsh tells that it is out", LIMIT, () -> servers.get("Welsh").err()
                .contains("has no server 'Welsh' any more"));
        assertThat(log("Alford").split("link to Parker up", -1)).as("links that were not changed").hasSize(2);
    }
}
