package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server in the foreground, until a signal ends it. */
class ServerProcessTest {
    @TempDir
    private Path dir;

    private TestTopology topology;

    @BeforeEach
    void writeTopology() throws IOException {
        topology = TestTopology.write(dir);
    }

    @Test
    void saysWhereItListensAndWhoItsNeighboursAre() throws IOException {
        try (HerdProcess alford = HerdProcess.start(dir, "--name", "Alford").awaitUp()) {
            assertThat(alford.out()).contains("Alford", topology.address("Alford"), "neighbours: Parker Welsh",
                    "server-Alford.log", "Ctrl-C stops it.");
            assertThat(alford.err()).isEmpty();
        }
    }

    @Test
    void loadsTheBundledPlacesBeforeAnybodyAsks() throws IOException {
        try (HerdProcess alford = HerdProcess.start(dir, "--name", "Alford").awaitUp()) {
            Await.until("they are in its memory", () -> classesOf(alford).contains("dev.proxyherd.geo.GeoIndex"));
        }
    }

    /** What kinds of objects it holds. */
    private static String classesOf(HerdProcess process) throws IOException {
        return new String(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(process.pid()), "GC.class_histogram").start().getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
    }

    @Test
    void onTermAnswersWhatItReadCompletesItsLogAndExitsWith143() throws IOException {
        try (HerdProcess alford = HerdProcess.start(dir, "--name", "Alford").awaitUp();
                RawClient client = topology.connect("Alford")) {
            client.send("hello\n".repeat(1000));
            assertThat(client.readLine()).isEqualTo("? hello");
            alford.signal("TERM");
            String rest = client.readToEnd();

            assertThat(alford.exitCode()).isEqualTo(143);
            List<String> log = topology.log("Alford").lines().toList();
            assertThat(log.getLast()).endsWith("server Alford has stopped");
            long answers = 1 + rest.lines().filter(line -> line.equals("? hello")).count();
            assertThat(log.stream().filter(line -> line.endsWith(" ? hello"))).hasSize((int) answers);
            assertThat(log.stream().filter(line -> line.contains(" in  "))).hasSize((int) answers);
        }
    }

    @Test
    void onCtrlCExitsWith130() throws IOException {
        assumeInterruptsAreHeard();
        try (HerdProcess alford = HerdProcess.start(dir, "--name", "Alford").awaitUp()) {
            alford.signal("INT");

            assertThat(alford.exitCode()).isEqualTo(130);
            assertThat(topology.log("Alford")).endsWith("server Alford has stopped\n");
        }
    }

    static void assumeInterruptsAreHeard() throws IOException {
        assumeFalse(isInterruptIgnored(), "this process was told to ignore SIGINT, and its children inherit that");
    }

    private static boolean isInterruptIgnored() throws IOException {
        int interrupt = 2;
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(
                        line -> ((Long.parseUnsignedLong(line.substring(7).strip(), 16) >> (interrupt - 1)) & 1) == 1);
    }

    @Test
    void refusesToStartTwiceWithOneStateFolder() throws IOException {
        try (HerdProcess first = HerdProcess.start(dir, "--name", "Alford").awaitUp();
                HerdProcess second = HerdProcess.start(dir, "--name", "Alford", "--listen", "127.0.0.1:0")) {
            assertThat(second.exitCode()).isEqualTo(2);
            assertThat(second.err()).contains("already running with this state folder", "server-Alford.lock")
                    .hasLineCount(1);
            try (RawClient client = topology.connect("Alford")) {
                assertThat(client.ask("still here")).isEqualTo("? still here");
            }
            first.signal("KILL");
            first.exitCode();
            try (HerdProcess third = HerdProcess.start(dir, "--name", "Alford").awaitUp()) {
                assertThat(third.err()).isEmpty();
            }
        }
    }

    @Test
    void refusesAPortThatIsInUseAndNamesIt() throws IOException {
        try (HerdProcess alford = HerdProcess.start(dir, "--name", "Alford").awaitUp();
                HerdProcess bolden =
                        HerdProcess.start(dir, "--name", "Bolden", "--listen", topology.address("Alford"))) {
            assertThat(bolden.exitCode()).isEqualTo(2);
            assertThat(bolden.err()).contains("Bolden: cannot listen on " + topology.address("Alford")).hasLineCount(1);
            assertThat(alford.err()).isEmpty();
        }
    }
}
