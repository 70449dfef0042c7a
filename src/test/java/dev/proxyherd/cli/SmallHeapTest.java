package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.KeptStore;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with a heap of 64 MB beside one that knows many times what that holds: {@code -Droom.clients}, 200,000 unless
 * it says otherwise. In whatever order they start it stays up, answers, and says that it is full.
 */
class SmallHeapTest {
    private static final int CLIENTS = Integer.getInteger("room.clients", 200_000);
    private static final String SMALL_HEAP = "64m";

    /** More than {@code ClientCapacity} takes for all clients, and what a process takes besides. */
    private static final String LARGE_HEAP = 100 + CLIENTS / 700 + "m";

    private static final Duration WHILE = Duration.ofSeconds(5);

    @TempDir
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int bigPort = FreePorts.next();
    private final int smallPort = FreePorts.next();
    private final int httpPort = FreePorts.next();

    @BeforeEach
    void writeTopologyAndWhatBigKnows() throws IOException {
        Files.writeString(dir.resolve("herd-topology.json"), """
                {"servers": {"Big": {"host": "127.0.0.1", "port": %d}, "Small": {"host": "127.0.0.1", "port": %d}},
                "links": [["Big", "Small"]]}""".formatted(bigPort, smallPort));
        Files.createDirectory(dir.resolve("state"));
        try (KeptStore big = KeptStore.open(journal("Big"))) {
            for (int i = 0; i < CLIENTS; i++) {
                big.take(
                        RandomLocations.at("AT Big +0.263873386 " + client(i) + " +34.068930-118.445127 1400794610.5"));
            }
            big.round();
        }
    }

    private Path journal(String server) {
        return dir.resolve("state/server-" + server + ".journal");
    }

    private static String client(int number) {
        return "c" + number + ".cs.example.org";
    }

    private HerdProcess startBig() throws IOException {
        return HerdProcess.startWithHeap(dir, LARGE_HEAP, "--name", "Big").awaitUp();
    }

    private HerdProcess startSmall(String heap) throws IOException {
        return HerdProcess.startWithHeap(dir, heap, "--name", "Small", "--http", "" + httpPort).awaitUp();
    }

    private CommandRun status() {
        return CommandRun.of("status", "--topology", dir.resolve("herd-topology.json").toString(), "--state-dir",
                dir.resolve("state").toString(), "--timeout", "10s");
    }

    private void awaitFull() {
        Await.until("Small says that it is full, and what it lacks", () -> {
            CommandRun status = status();
            return status.out().contains("not converged: the servers' digests differ; Small is full, lacks ")
                    && status.out().contains(String.format("%,d clients", CLIENTS)) && status.code() == 1;
        });
        assertThat(status().out()).doesNotContain("Big is full");
    }

    /** Reports to both, a while long: what is known goes on, what is not is refused, and nobody ends. */
    private void useBoth(HerdProcess small, int time) throws Exception {
        try (RawClient toBig = new RawClient(bigPort); RawClient toSmall = new RawClient(smallPort)) {
            String known = knownTo(toSmall);
            long end = System.nanoTime() + WHILE.toNanos();
            int from = 0;
            while (System.nanoTime() < end) {
                StringBuilder reports = new StringBuilder();
                for (int i = 0; i < 1_000; i++) {
                    reports.append("IAMAT ").append(client((from + i) % CLIENTS)).append(" +1-1 ").append(time)
                            .append('\n');
                }
                toBig.send(reports.toString());
                for (int i = 0; i < 1_000; i++) {
                    assertThat(toBig.readLine()).startsWith("AT ");
                }
                assertThat(toSmall.ask("IAMAT " + known + " +1-1 " + (time + 1))).startsWith("AT ");
                from += 1_000;
            }
            assertThat(toSmall.ask("IAMAT stranger +1-1 " + time)).isEqualTo("? IAMAT stranger +1-1 " + time);
            Await.until("Big hears of what Small hears",
                    () -> toBig.askForPlaces("WHATSAT " + known + " 1 0").contains(" " + (time + 1) + '\n'));
        }
        assertThat(http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/readyz")).build(),
                HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(small.err()).containsOnlyOnce("new clients are refused: ");
    }

    /** A client that Small knows: it refuses a report of any other. */
    private static String knownTo(RawClient small) {
        return IntStream.range(0, CLIENTS).mapToObj(SmallHeapTest::client).filter(one -> {
            try {
                return small.ask("IAMAT " + one + " +1-1 1").startsWith("AT ");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }).findFirst().orElseThrow();
    }

    @Test
    void staysUpInWhateverOrderTheyStartAndLearnsAllWithALargerHeap() throws Exception {
        try (HerdProcess small = startSmall(SMALL_HEAP)) {
            try (HerdProcess big = startBig()) {
                awaitFull();
                useBoth(small, 1_400_800_000);
                small.signal("KILL");
                small.exitCode();
                try (HerdProcess again = startSmall(SMALL_HEAP)) {
                    awaitFull();
                    useBoth(again, 1_400_900_000);
                    again.signal("TERM");
                    assertThat(again.exitCode()).as(again.err()).isEqualTo(143);
                }
                try (HerdProcess larger = startSmall(LARGE_HEAP)) {
                    Await.until("both know the same", () -> status().code() == 0);
                    larger.signal("TERM");
                    assertThat(larger.exitCode()).as(larger.err()).isEqualTo(143);
                }
            }
        }
        // Its journal holds all of them now.
        try (HerdProcess small = startSmall(SMALL_HEAP)) {
            Await.until("it has read as much as it has room for",
                    () -> small.err().contains("journal: there was no room for "));
            try (HerdProcess big = startBig()) {
                awaitFull();
                useBoth(small, 1_401_000_000);
            }
            small.signal("TERM");
            assertThat(small.exitCode()).as(small.err()).isEqualTo(143);
        }
        try (HerdProcess larger = startSmall(LARGE_HEAP); HerdProcess big = startBig()) {
            Await.until("nothing was lost", () -> status().code() == 0);
            assertThat(status().out()).contains(String.format("%,d clients", CLIENTS));
        }
    }
}
