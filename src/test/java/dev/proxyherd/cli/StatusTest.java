package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** {@code herd status} and {@code herd trace}, as a person or a program runs them beside five running servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusTest {
    private Path dir;
    private TestTopology topology;
    private HerdProcess herd;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        dir = folder;
        topology = TestTopology.write(dir);
        herd = HerdProcess.start(dir, "up").awaitUp();
        try (RawClient client = topology.connect("Hamilton")) {
            client.ask("IAMAT kiwi +34-118 1400794645");
        }
        Await.until("all know it", () -> run("status").code() == 0);
    }

    @AfterAll
    void stop() {
        herd.close();
    }

    private record Run(int code, String out, String err) {
    }

    private Run run(String... arguments) throws IOException {
        try (HerdProcess process = HerdProcess.start(dir, arguments)) {
            return new Run(process.exitCode(), process.out(), process.err());
        }
    }

    @Nested
    class Status {
        @Test
        @Execution(CONCURRENT)
        void showsEveryServerItsLinksAndItsJournalAndThatAllAgree() throws IOException {
            Run run = run("status");
            assertThat(run.code()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).endsWith("converged: all 5 servers know the same\n").doesNotContain("\033");
            for (String name : topology.names()) {
                assertThat(run.out())
                        .containsPattern(
                                "(?m)^" + name + " +up +1 clients, digest [0-9a-f]{16}, .*journal 1 records.*\n"
                                        + "  topology [0-9a-f]{12}$");
            }
            assertThat(run.out().lines()
                    .filter(line -> line.matches("  -> \\w+ +up  queue 0, heard \\d+\\.\\d s ago, .*")))
                    .as("links, each from both ends").hasSize(10);
        }

        @Test
        @Execution(CONCURRENT)
        void isOneLineOfJsonForPrograms() throws IOException {
            Run run = run("status", "--json");
            assertThat(run.code()).isZero();
            assertThat(run.out()).hasLineCount(1);
            JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
            assertThat(json.get("converged").getAsBoolean()).isTrue();
            assertThat(json.getAsJsonArray("servers")).hasSize(5).allSatisfy(element -> {
                JsonObject status = element.getAsJsonObject().getAsJsonObject("status");
                assertThat(element.getAsJsonObject().keySet()).contains("name", "address");
                assertThat(status.keySet()).contains("startedMillis", "clients", "digest", "connections", "links",
                        "journal");
                assertThat(status.getAsJsonArray("links")).isNotEmpty().allSatisfy(link -> assertThat(
                        link.getAsJsonObject().keySet()).contains("neighbour", "up", "queued", "heardMillisAgo",
                                "starts",
                                "linesSent", "linesResent", "incoming"));
                assertThat(status.getAsJsonObject("journal").keySet()).contains("bytes", "records", "replayed");
            });
        }

        @Test
        @Execution(CONCURRENT)
        void exitsWith1AndNamesAServerThatIsDown() throws IOException {
            Path other = Files.createDirectory(dir.resolve("wider"));
            Files.writeString(other.resolve("herd-topology.json"), Files.readString(dir.resolve("herd-topology.json"))
                    .replace("{\"servers\": {", "{\"servers\": {\"Absent\": {\"host\": \"127.0.0.1\", \"port\": 1}, "));
            Run run = run("status", "--topology", other.resolve("herd-topology.json").toString());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).containsPattern("(?m)^Absent +down +127.0.0.1:1: ")
                    .contains("Alford", "up since").endsWith("not converged: 1 of 6 servers did not answer\n");
        }

        @Test
        @Execution(CONCURRENT)
        void ofOneServerDoesNotAskTheOthers() throws IOException {
            Path other = Files.createDirectory(dir.resolve("one of them"));
            Files.writeString(other.resolve("herd-topology.json"), Files.readString(dir.resolve("herd-topology.json"))
                    .replace("{\"servers\": {", "{\"servers\": {\"Absent\": {\"host\": \"127.0.0.1\", \"port\": 1}, "));
            String file = other.resolve("herd-topology.json").toString();
            Run up = run("status", "--topology", file, "--name", "Alford");
            assertThat(up.code()).isZero();
            assertThat(up.out()).startsWith("Alford").endsWith("converged: the one server that was asked answers\n")
                    .doesNotContain("Absent ");
            assertThat(run("status", "--topology", file, "--name", "Absent").code()).isEqualTo(1);
            Run unknown = run("status", "--topology", file, "--name", "Nobody");
            assertThat(unknown.code()).isEqualTo(2);
            assertThat(unknown.err()).contains("there is no server 'Nobody'");
        }

        @Test
        @Execution(CONCURRENT)
        void withAnotherSecretIsToldSoByEveryServer() throws IOException {
            Path secret = Files.writeString(dir.resolve("other-secret"), "not the secret of this herd");
            Run run = run("status", "--secret-file", secret.toString());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out().lines().filter(line -> line.contains("does not hold the same secret"))).hasSize(5);
            assertThat(run.out()).endsWith("not converged: 5 of 5 servers refused\n");
        }

        @Test
        @Execution(CONCURRENT)
        void withoutASecretSaysWhereItMayComeFrom() throws IOException {
            Run run = run("status", "--state-dir", "nowhere");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("--state-dir", "HERD_SECRET").hasLineCount(1);
        }

        @Test
        @Execution(CONCURRENT)
        void withWatchGoesOnUntilASignal() throws IOException {
            try (HerdProcess watch = HerdProcess.start(dir, "status", "--watch", "100ms")) {
                Await.until("it has shown the herd three times",
                        () -> watch.out().split("converged: all 5", -1).length > 3);
                watch.signal("TERM");
                assertThat(watch.exitCode()).isEqualTo(143);
                assertThat(watch.err()).isEmpty();
            }
        }

        @Test
        @Execution(CONCURRENT)
        void withWatchEndsOnCtrlC() throws IOException {
            ServerProcessTest.assumeInterruptsAreHeard();
            try (HerdProcess watch = HerdProcess.start(dir, "status", "--watch", "100ms")) {
                Await.until("it has shown the herd", () -> watch.out().contains("converged: all 5"));
                watch.signal("INT");
                assertThat(watch.exitCode()).isEqualTo(130);
                assertThat(watch.err()).isEmpty();
            }
        }
    }

    @Nested
    class Trace {
        private String line;

        @BeforeEach
        void ask() throws IOException {
            line = topology.whatsat("Alford", "kiwi");
        }

        @Test
        @Execution(CONCURRENT)
        void showsWhatEachServerHoldsAndSinceWhen() throws IOException {
            Run run = run("trace", "kiwi");
            assertThat(run.code()).isZero();
            assertThat(run.out()).hasLineCount(5);
            for (String name : topology.names()) {
                assertThat(run.out())
                        .containsPattern("(?m)^" + name + " +since \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z  AT Hamilton ")
                        .contains(line);
            }
        }

        @Test
        @Execution(CONCURRENT)
        void saysWhoKnowsNothing() throws IOException {
            Run run = run("trace", "nobody");
            assertThat(run.out().lines()).hasSize(5).allMatch(one -> one.endsWith("knows nothing of this client"));
        }

        @Test
        @Execution(CONCURRENT)
        void withAnotherSecretExitsWith1() throws IOException {
            Path secret = Files.writeString(dir.resolve("other-secret"), "not the secret of this herd");
            Run run = run("trace", "kiwi", "--secret-file", secret.toString());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out().lines()).hasSize(5).allMatch(one -> one.contains("did not answer"));
        }
    }
}
