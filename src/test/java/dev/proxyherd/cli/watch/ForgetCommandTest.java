package dev.proxyherd.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.cli.CommandRun;
import dev.proxyherd.cli.HerdProcess;
import dev.proxyherd.cli.TestTopology;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code herd forget}, asked of five servers in one process. */
class ForgetCommandTest {
    @TempDir
    private static Path dir;

    private static TestTopology topology;
    private static HerdProcess herd;

    @BeforeAll
    static void start() throws IOException {
        topology = TestTopology.write(dir);
        herd = HerdProcess.start(dir, "up", "--http", "none");
        herd.awaitUp();
    }

    @AfterAll
    static void stop() {
        herd.close();
    }

    private static CommandRun forget(String... arguments) {
        List<String> all = new ArrayList<>(List.of("forget"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--topology", dir.resolve("herd-topology.json").toString(), "--state-dir",
                dir.resolve("state").toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static void report(String... clients) throws IOException {
        try (RawClient connection = topology.connect("Hamilton")) {
            for (String client : clients) {
                connection.ask("IAMAT " + client + " +34-118 1400794645");
            }
        }
    }

    private static String answer(String server, String client) throws IOException {
        try (RawClient connection = topology.connect(server)) {
            return connection.ask("WHATSAT " + client + " 1 0");
        }
    }

    @Test
    void hasAllServersForgetAClientAndNamesWhatElseMayHoldIt() throws IOException {
        report("kiwi");
        CommandRun run = forget("kiwi");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).startsWith("forgotten: GONE ").contains(" kiwi ", "server-*.log.[1-3]",
                "server-*.journal,",
                "server-*.journal.unreadable-*");
        for (String name : topology.ports().keySet()) {
            assertThat(answer(name, "kiwi")).as(name).startsWith("? ");
        }
    }

    @Test
    void namesTheStateFolderOnce() throws IOException {
        report("plum");
        String folder = dir.resolve("state").toString();
        CommandRun run = forget("plum");
        assertThat(run.out()).containsOnlyOnce(folder).contains(
                "\n  the state folder of Alford, Bolden, Hamilton, Parker, Welsh (" + folder + " there, ",
                "\n    server-*.journal, ");
    }

    @Test
    void saysUntilWhenReportsLoseWhereOneWasAheadOfItsTime() throws IOException {
        report("past");
        assertThat(forget("past").out()).doesNotContain("loses until");
        Instant soon = Instant.now().plusSeconds(3000).truncatedTo(ChronoUnit.SECONDS);
        try (RawClient connection = topology.connect("Hamilton")) {
            assertThat(connection.ask("IAMAT future +34-118 " + soon.getEpochSecond())).startsWith("AT ");
        }
        assertThat(forget("future").out()).contains("whatever it reports loses until " + soon.plusNanos(1));
        assertThat(answer("Alford", "future")).startsWith("? ");
    }

    @Test
    void saysThatNobodyKnowsAClient() {
        CommandRun run = forget("nobody");
        assertThat(run.out()).isEqualToIgnoringNewLines("no server knows a client nobody");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void forgetsAllClientsOfAPatternOnlyWhenToldSo() throws IOException {
        report("bus-1", "bus-2", "busy", "b\u00fcs-3");
        CommandRun refused = forget("--all-matching", "bus-*");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("forget 2 clients like bus-*", "say --yes");
        assertThat(answer("Alford", "bus-1")).startsWith("AT ");

        CommandRun run = forget("--all-matching", "bus-*", "--yes", "--json");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(json.get("complete").getAsBoolean()).isTrue();
        assertThat(json.getAsJsonArray("gone")).hasSize(2);
        assertThat(json.getAsJsonArray("elsewhere")).isNotEmpty();
        assertThat(answer("Alford", "bus-1")).startsWith("? ");
        assertThat(answer("Alford", "bus-2")).startsWith("? ");
        assertThat(answer("Alford", "busy")).startsWith("AT ");

        CommandRun none = forget("--all-matching", "bus-*", "--yes");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("no server that answered knows a client like bus-*");
    }

    @Test
    void wantsEitherAClientOrAPattern() {
        for (CommandRun run : List.of(forget(), forget("kiwi", "--all-matching", "*"))) {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("name either a CLIENT or --all-matching PATTERN");
        }
        assertThat(forget("a b").err()).contains("CLIENT must be one word");
    }
}
