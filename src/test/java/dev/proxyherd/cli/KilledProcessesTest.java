package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.HoledJournal;
import dev.proxyherd.server.Acknowledged;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.Load;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five processes that are killed in the middle of load, one after another or all at once, and started again. */
class KilledProcessesTest {
    private static final int CLIENTS = 200;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Acknowledged acknowledged = new Acknowledged();
    private final Map<String, HerdProcess> running = new ConcurrentHashMap<>();

    @TempDir
    private Path dir;

    private TestTopology topology;

    @BeforeEach
    void write() throws IOException {
        topology = TestTopology.write(dir);
    }

    @AfterEach
    void killAll() {
        running.values().forEach(HerdProcess::close);
    }

    private void startAll(String fsync) throws IOException {
        for (String name : topology.names()) {
            running.put(name, HerdProcess.start(dir, "--name", name, "--fsync", fsync));
        }
        for (HerdProcess process : running.values()) {
            process.awaitUp();
        }
    }

    private void kill(Iterable<String> names) throws IOException {
        for (String name : names) {
            running.get(name).signal("KILL");
        }
        for (String name : names) {
            assertThat(running.get(name).exitCode()).isEqualTo(137);
        }
    }

    private static void waitASecond() {
        long start = System.nanoTime();
        Await.until("a second has passed", () -> System.nanoTime() - start > 1_100_000_000L);
    }

    private Load load() {
        Load load = new Load(acknowledged, CLIENTS);
        topology.ports().values().forEach(port -> load.to(port, random.nextLong()));
        return load;
    }

    private void awaitAcknowledged(int more) {
        long before = acknowledged.answers();
        Await.until(more + " more reports are acknowledged, seed " + seed, LIMIT,
                () -> acknowledged.answers() >= before + more);
    }

    /** Waits until all servers answer alike for all clients, and checks that nothing is missing that was acknowledged. */
    private void agreeWithoutLosing(Acknowledged promised, String after) {
        List<Map<String, String>> answers = new ArrayList<>();
        Duration took = Await.until("all agree after " + after + ", seed " + seed, LIMIT, () -> {
            answers.clear();
            for (String name : topology.names()) {
                answers.add(ask(name));
            }
            return answers.stream().distinct().count() == 1;
        });
        System.out.println("five processes agreed " + took.toMillis() + " ms after " + after);
        promised.isIn(answers.getFirst(), after + ", seed " + seed);
    }

    private Map<String, String> ask(String name) throws IOException {
        Map<String, String> lines = new TreeMap<>();
        try (RawClient client = topology.connect(name)) {
            for (int i = 0; i < CLIENTS; i++) {
                String line = client.ask("WHATSAT c" + i + " 1 0");
                if (line.startsWith("AT ")) {
                    lines.put("c" + i, line);
                    String rest;
                    do {
                        rest = client.readLine();
                    } while (!rest.isEmpty());
                }
            }
        }
        return lines;
    }

    @Test
    void withFsyncAlwaysLoseNothingThatWasAcknowledged() throws IOException {
        startAll("always");
        try (Load load = load()) {
            for (int i = 0; i < 2; i++) {
                awaitAcknowledged(500);
                String victim = List.copyOf(topology.names()).get(random.nextInt(5));
                kill(List.of(victim));
                awaitAcknowledged(500);
                running.put(victim, HerdProcess.start(dir, "--name", victim, "--fsync", "always").awaitUp());
            }
            awaitAcknowledged(1000);
            kill(topology.names());
        }
        assertThat(acknowledged.clients()).isEqualTo(CLIENTS);
        startAll("always");
        agreeWithoutLosing(acknowledged, "two were killed one by one and then all at once, with fsync always");
    }

    @Test
    void allAtOnceWithFsyncEverysecLoseAtMostTheLastSecond() throws IOException {
        startAll("everysec");
        Acknowledged promised;
        try (Load load = load()) {
            awaitAcknowledged(3000);
            promised = acknowledged.copy();
            waitASecond();
            kill(topology.names());
        }
        assertThat(promised.clients()).isPositive();
        startAll("everysec");
        agreeWithoutLosing(promised, "all five were killed, with fsync everysec");
    }

    private boolean allAnswer(String beginning) throws IOException {
        boolean all = true;
        for (String name : topology.names()) {
            all &= topology.whatsat(name, "kiwi").startsWith(beginning);
        }
        return all;
    }

    @Test
    void keepAClientForgottenThatOneOfThemHasInItsJournal() throws IOException {
        startAll("everysec");
        try (RawClient client = topology.connect("Bolden")) {
            client.ask("IAMAT kiwi +34-118 7");
        }
        Await.until("all know it", LIMIT, () -> allAnswer("AT "));
        waitASecond();
        kill(List.of("Bolden"));

        CommandRun forget = CommandRun.of("forget", "kiwi", "--topology", dir.resolve("herd-topology.json").toString(),
                "--state-dir", dir.resolve("state").toString());
        assertThat(forget.out()).contains("forgotten: GONE Alford ", "Bolden could not be asked: ", "server-*.log",
                "server-*.journal.unreadable-*");
        assertThat(forget.code()).isEqualTo(1);
        waitASecond();
        kill(topology.names().stream().filter(name -> !name.equals("Bolden")).toList());

        assertThat(Files.readString(dir.resolve("state/server-Bolden.journal"))).contains(" kiwi ")
                .doesNotContain("GONE");
        startAll("everysec");
        Await.until("all have forgotten it", LIMIT, () -> allAnswer("? "));
        CommandRun trace = CommandRun.of("trace", "kiwi", "--topology", dir.resolve("herd-topology.json").toString(),
                "--state-dir", dir.resolve("state").toString());
        assertThat(trace.code()).as(trace.out()).isZero();
        assertThat(trace.out().lines()).hasSize(5).allMatch(line -> line.contains("GONE Alford "));
    }

    @Test
    void inTheMiddleOfAReplayLosesAtMostTheLastSecond() throws IOException {
        Path journal = dir.resolve("state/server-Alford.journal");
        Files.createDirectories(journal.getParent());
        HoledJournal.dig(journal, HoledJournal.LONG);
        HerdProcess process = HerdProcess.start(dir, "--name", "Alford");
        running.put("Alford", process);
        process.awaitUp();
        try (RawClient client = topology.connect("Alford")) {
            for (int i = 0; i < CLIENTS; i++) {
                acknowledged.add(client.ask("IAMAT c" + i + " +34-118 7"));
            }
        }
        waitASecond();
        kill(List.of("Alford"));
        assertThat(Files.readString(dir.resolve("state/server-Alford.log"))).contains("listens on")
                .doesNotContain("records replayed");

        HoledJournal.fill(journal, HoledJournal.LONG);
        running.put("Alford", HerdProcess.start(dir, "--name", "Alford").awaitUp());
        acknowledged.isIn(ask("Alford"), "the server was killed in the middle of a replay");
    }
}
