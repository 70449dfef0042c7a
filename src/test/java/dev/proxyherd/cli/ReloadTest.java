package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code herd reload}, and what a process does by itself when its topology file changes. */
class ReloadTest {
    private static final Duration PROMISED = Duration.ofSeconds(15);

    @TempDir
    private Path dir;

    private final int alford = FreePorts.next();
    private final int bolden = FreePorts.next();
    private final int parker = FreePorts.next();
    private HerdProcess herd;

    @BeforeEach
    void start() throws IOException {
        write(two(""));
        herd = HerdProcess.start(dir, "up", "--http", "none", "--idle-timeout", "10m").awaitUp();
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    private static String server(String name, int port) {
        return "\"" + name + "\": {\"host\": \"127.0.0.1\", \"port\": " + port + "}";
    }

    private String two(String settings) {
        return "{\"servers\": {" + server("Alford", alford) + ", " + server("Bolden", bolden)
                + "}, \"links\": [[\"Alford\", \"Bolden\"]]" + settings + "}";
    }

    private String three() {
        return "{\"servers\": {" + server("Alford", alford) + ", " + server("Bolden", bolden) + ", "
                + server("Parker", parker) + "}, \"links\": [[\"Alford\", \"Bolden\"], [\"Bolden\", \"Parker\"]]}";
    }

    private void write(String content) throws IOException {
        Path whole = Files.writeString(dir.resolve("whole"), content);
        Files.move(whole, dir.resolve("herd-topology.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private record Run(int code, String out, String err) {
    }

    /** More patient than a person would be: others may keep the machine busy. */
    private Run run(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--timeout", "30s"));
        try (HerdProcess process = HerdProcess.start(dir, all.toArray(String[]::new))) {
            return new Run(process.exitCode(), process.out(), process.err());
        }
    }

    /** The process may have found the change by itself before it is asked. */
    @Test
    void changesLimitsAndNamesWhatTakesARestartAndWhatTheCommandLineHasTheLastWordOn() throws IOException {
        try (RawClient client = new RawClient(alford)) {
            client.ask("IAMAT kiwi +34-118 7");
            write(two(", \"maxClients\": 1, \"idleTimeout\": \"5m\", \"fsync\": \"no\""));
            Run reload = run("reload", "--name", "Alford");
            assertThat(reload.err()).isEmpty();
            assertThat(reload.code()).isZero();
            assertThat(reload.out()).startsWith("Alford ").endsWith("  -> takes a restart, and is as it was: fsync\n"
                    + "  -> left as it was: idleTimeout, as --idle-timeout on the command line has the last word\n")
                    .doesNotContain("Bolden");
            assertThat(client.ask("IAMAT apple +34-118 7")).startsWith("? ");
            write(two(""));
            run("reload", "--name", "Alford");
            assertThat(client.ask("IAMAT apple +34-118 7")).startsWith("AT ");
        }
    }

    @Test
    void takesInAServerThatHasBeenAddedAndAnswersAtItsNewAddress() throws IOException {
        write(three());
        assertThat(run("reload").code()).as("Parker does not run yet").isEqualTo(1);
        try (HerdProcess third = HerdProcess.start(dir, "--name", "Parker").awaitUp();
                RawClient client = new RawClient(alford)) {
            String heard = client.ask("IAMAT kiwi +34-118 7");
            Await.until("Parker knows it", () -> {
                try (RawClient there = new RawClient(parker)) {
                    return there.ask("WHATSAT kiwi 1 0").equals(heard);
                }
            });
            Await.until("all is well", () -> run("status").code() == 0);
            assertThat(third.err()).isEmpty();
        }
    }

    @Test
    void doesNotMoveAServerThatWasToldWhereToListen() throws IOException {
        int told = FreePorts.next();
        write(three());
        try (HerdProcess third = HerdProcess.start(dir, "--name", "Parker", "--listen", "127.0.0.1:" + told).awaitUp();
                RawClient client = new RawClient(told)) {
            client.ask("IAMAT kiwi +34-118 7");
            write(three().replace(String.valueOf(parker), String.valueOf(FreePorts.next())));
            Path log = dir.resolve("state/server-Parker.log");
            Await.until("it has read that", PROMISED,
                    () -> Files.readString(log).contains("by its topology file: the topology is"));
            assertThat(client.ask("IAMAT apple +34-118 7")).startsWith("AT Parker");
            assertThat(run("reload", "--name", "Parker", "--topology", copyAt(told)).out())
                    .endsWith("  -> left as it was: the address of Parker, as --listen has the last word\n");
            assertThat(Files.readString(log)).doesNotContain("by its topology file: Parker listens on");
            assertThat(third.err()).doesNotContain("listen");
        }
    }

    @Test
    void happensByItselfInTime() throws IOException {
        write(three());
        Await.until("Bolden has a new neighbour", PROMISED, () -> run("status").out().contains("-> Parker"));
        write(two(""));
        Await.until("and has not", PROMISED, () -> !run("status").out().contains("-> Parker"));
        assertThat(herd.err()).isEmpty();
    }

    @Test
    void ofAFileWithAFaultIsRefusedWithThePlaceAndChangesNothing() throws IOException {
        write(two(",\n \"maxClients\": \"many\""));
        Run reload = run("reload", "--name", "Alford", "--topology", copyOf(two("")));
        assertThat(reload.code()).isEqualTo(1);
        assertThat(reload.out()).startsWith("Alford       as it was  ")
                .contains("herd-topology.json: line 2 column", "--max-clients", "many");
        Run status = run("status", "--topology", copyOf(two("")));
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.out()).contains("wrong: Alford: its topology file was read again, and nothing has changed: ",
                "converged: all 2 servers know the same");
        write(two(", \"colour\": \"red\""));
        assertThat(run("reload", "--topology", copyOf(two(""))).out()).contains("unknown key 'colour'");
        write(two(""));
        assertThat(run("reload").code()).isZero();
        assertThat(run("status").code()).isZero();
    }

    /** Where a command finds Parker. */
    private String copyAt(int port) throws IOException {
        return copyOf(three().replace(String.valueOf(parker), String.valueOf(port)));
    }

    private String copyOf(String content) throws IOException {
        return Files.writeString(dir.resolve("copy.json"), content).toString();
    }

    @Test
    void ofAServerThatIsNotThereIsWrongUsage() throws IOException {
        Run reload = run("reload", "--name", "Zeta");
        assertThat(reload.code()).isEqualTo(2);
        assertThat(reload.err()).contains("there is no server 'Zeta'");
    }
}
