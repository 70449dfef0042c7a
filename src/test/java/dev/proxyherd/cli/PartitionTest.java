package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three processes in networks of their own, of which one is cut off or has a bad line. */
class PartitionTest {
    private static final String[] NAMES = {"Alford", "Bolden", "Parker"};
    private static final int CLIENTS = 20_000;
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final List<HerdProcess> processes = new ArrayList<>();

    @TempDir
    private Path dir;

    private Namespaces networks;

    @BeforeEach
    void makeNetworks() {
        networks = Namespaces.make(NAMES);
    }

    private void startEachInItsNetwork() throws IOException {
        String servers = networks.addresses().entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": {\"host\": \"" + entry.getValue() + "\", \"port\": 12000}")
                .collect(Collectors.joining(", "));
        Files.writeString(dir.resolve("herd-topology.json"), "{\"servers\": {" + servers
                + "}, \"links\": [[\"Alford\", \"Bolden\"], [\"Bolden\", \"Parker\"], [\"Alford\", \"Parker\"]]}");
        Files.writeString(dir.resolve("the-secret"), "a secret for tests only");
        for (String name : NAMES) {
            run(name, null, "--name", name);
        }
        for (HerdProcess server : processes) {
            server.awaitUp();
        }
    }

    @AfterEach
    void deleteAll() {
        processes.forEach(HerdProcess::close);
        networks.close();
    }

    /** Runs the program in the network of a server, or in the switch's. */
    private HerdProcess run(String network, Path input, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--secret-file", "the-secret"));
        HerdProcess process =
                HerdProcess.startInNetwork(dir, networks.space(network), input, all.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    /** Reports clients to a server, from inside its network. */
    private void report(String server, int from, int to, int time) throws IOException {
        String commands = IntStream.range(from, to)
                .mapToObj(i -> "IAMAT c" + i + " +34-118 " + time + '\n').collect(Collectors.joining());
        Path input = Files.writeString(dir.resolve("commands-" + server + time), commands);
        HerdProcess send = HerdProcess.startInNetwork(dir, networks.space(server), input, "send", "--server", server);
        processes.add(send);
        assertThat(send.exitCode()).as("%s", send.err()).isZero();
        assertThat(send.out().lines().filter(line -> line.startsWith("AT " + server)).count()).isEqualTo(to - from);
    }

    private String log(String server) throws IOException {
        return Files.readString(dir.resolve("state/server-" + server + ".log"), StandardCharsets.ISO_8859_1);
    }

    /** Watches from the switch until all three know the same, so many clients. */
    private void awaitConverged(String after, int clients) throws IOException {
        long start = System.nanoTime();
        try (HerdProcess watch = run("switch", null, "status", "--json", "--watch", "100ms")) {
            Await.until("all know the same " + clients + " clients after " + after, LIMIT, () -> {
                String[] lines = watch.out().split("\n");
                String last = lines[lines.length - 1];
                return last.contains("\"converged\":true")
                        && last.split("\"clients\":" + clients + ",", -1).length == 4;
            });
        }
        System.out.println("three networks agreed " + (System.nanoTime() - start) / 1_000_000 + " ms after " + after);
    }

    @Test
    void agreeAgainAfterOneWasCutOffWhileBothSidesWentOn() throws IOException {
        startEachInItsNetwork();
        report("Bolden", 0, CLIENTS, 1);
        awaitConverged("the start", CLIENTS);

        networks.cut("Alford");
        Await.until("both sides notice", LIMIT,
                () -> log("Alford").contains("link to Bolden down: nothing heard for too long")
                        && log("Bolden").contains("link to Alford down: nothing heard for too long")
                        && log("Parker").contains("link to Alford down: nothing heard for too long"));
        report("Alford", 0, CLIENTS / 2, 2);
        report("Parker", CLIENTS / 2, CLIENTS + 100, 3);

        networks.heal("Alford");
        awaitConverged("a partition in which " + CLIENTS + " clients reported", CLIENTS + 100);
    }

    @Test
    void agreeOverALineThatIsLateAndLosesPackets() throws IOException {
        networks.spoil("Alford", "30ms", "5%");
        startEachInItsNetwork();
        report("Alford", 0, 2000, 1);
        report("Bolden", 1000, 3000, 2);
        awaitConverged("reports over a bad line", 3000);
        assertThat(log("Bolden").split("link to Alford up", -1)).as("links opened from Bolden to Alford").hasSize(2);
    }
}
