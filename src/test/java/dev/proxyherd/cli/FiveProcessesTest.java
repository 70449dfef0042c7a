package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Five servers, each a process of its own, that are killed, hung and started again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiveProcessesTest {
    /** Generous: this is about whether, not about how soon. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Path dir;
    private final Map<String, HerdProcess> running = new LinkedHashMap<>();
    private final List<String> clients = new ArrayList<>();
    private TestTopology topology;

    /** Once for all tests, since five processes take a while; each test leaves all five running and agreed. */
    @BeforeAll
    void startOneByOneAndTellEach(@TempDir Path folder) throws IOException {
        dir = folder;
        topology = TestTopology.write(dir);
        for (String name : topology.names()) {
            start(name);
            tell(name);
        }
        awaitAgreement("the last of five has started");
    }

    @AfterAll
    void killAll() {
        running.values().forEach(HerdProcess::close);
    }

    private void start(String name) throws IOException {
        running.put(name, HerdProcess.start(dir, "--name", name).awaitUp());
    }

    private void tell(String name) throws IOException {
        String id = "client-" + clients.size();
        try (RawClient client = topology.connect(name)) {
            assertThat(client.ask("IAMAT " + id + " +34-118 1400794645")).startsWith("AT " + name + ' ');
        }
        clients.add(id);
    }

    private void awaitAgreement(String after) {
        Duration took = Await.until("all agree after " + after, LIMIT, () -> {
            Set<List<String>> answers = new HashSet<>();
            for (String name : topology.names()) {
                List<String> lines = new ArrayList<>();
                for (String id : clients) {
                    lines.add(topology.whatsat(name, id));
                }
                answers.add(lines);
            }
            return answers.size() == 1 && answers.iterator().next().stream().allMatch(line -> line.startsWith("AT "));
        });
        System.out.println("five processes agreed " + took.toMillis() + " ms after " + after);
    }

    /** What only one server has heard dies with it, as locations are in memory only: so another must know it first. */
    private void awaitKnownBeside(String victim, long seed) {
        Await.until("others than " + victim + " know all clients (seed " + seed + ")", LIMIT, () -> {
            Set<String> unknown = new HashSet<>(clients);
            for (String name : topology.names()) {
                for (String id : name.equals(victim) ? Set.<String>of() : Set.copyOf(unknown)) {
                    if (topology.whatsat(name, id).startsWith("AT ")) {
                        unknown.remove(id);
                    }
                }
            }
            return unknown.isEmpty();
        });
    }

    @Test
    void agreeAfterBeingKilledAndRestartedInAnyOrder() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> names = List.copyOf(topology.names());
        for (int i = 0; i < 3; i++) {
            String victim = names.get(random.nextInt(names.size()));
            awaitKnownBeside(victim, seed);
            running.get(victim).signal("KILL");
            assertThat(running.get(victim).exitCode()).isEqualTo(137);
            tell(names.get((names.indexOf(victim) + 1 + random.nextInt(names.size() - 1)) % names.size()));
            start(victim);
            tell(victim);
            if (random.nextBoolean()) {
                awaitAgreement("killing " + victim + " (seed " + seed + ")");
            }
        }
        awaitAgreement("the last restart (seed " + seed + ")");
    }

    @Test
    void noticeOneThatHangsAndTeachItWhenItGoesOn() throws IOException {
        running.get("Hamilton").signal("STOP");
        tell("Parker");
        Duration took = Await.until("Parker notices that Hamilton hangs", LIMIT,
                () -> topology.log("Parker").contains("link to Hamilton down: nothing heard for too long")
                        && topology.log("Parker").contains("link from Hamilton down: nothing heard for too long"));
        System.out.println("a hanging process was noticed after " + took.toMillis() + " ms");
        tell("Welsh");
        running.get("Hamilton").signal("CONT");
        awaitAgreement("Hamilton goes on");
    }
}
