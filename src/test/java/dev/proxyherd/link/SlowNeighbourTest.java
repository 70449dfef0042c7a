package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A neighbour that lives but reads slowly keeps its link, and gets the newest of every client rather than all. */
class SlowNeighbourTest {
    private static final int CLIENTS = 20;
    private static final int ROUNDS = 200;

    /** Longer than the thread that plays the neighbour's heart may have to wait for a processor; the test takes as long. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    /** So long that many updates do not fit what the system buffers for a connection. */
    private static final String PADDING = "p".repeat(2000);

    @TempDir
    private Path dir;

    @Test
    void keepsItsLinkAndGetsTheNewestOfEachClient() throws IOException {
        LinkTiming timing = TestSettings.timing(SILENCE);
        try (TwoEnds ends = new TwoEnds(dir, timing, 4096)) {
            ends.herd().startAll();
            try (FakeNeighbour slow = ends.accept(); RawClient client = ends.herd().connect("Alford")) {
                ends.beat(slow);
                ends.herd().awaitLog("Alford", "link to Bolden up");
                for (int round = 1; round <= ROUNDS; round++) {
                    sendAll(client, round);
                }
                awaitASilentNeighboursEnd(ends);

                Map<String, Integer> newest = new HashMap<>();
                int read = 0;
                while (newest.size() < CLIENTS || newest.values().stream().anyMatch(round -> round < ROUNDS)) {
                    String[] fields = slow.readLine().split(" ");
                    int round = Integer.parseInt(fields[5]);
                    assertThat(newest.put(fields[3], round)).as("what came before").satisfiesAnyOf(
                            former -> assertThat(former).isNull(), former -> assertThat(former).isLessThan(round));
                    read++;
                }
                assertThat(read).as("updates that were sent to a slow neighbour").isLessThan(CLIENTS * ROUNDS);
            }
            assertThat(ends.herd().log("Alford").split("link to Bolden up", -1)).as("one link, all the time")
                    .hasSize(2);
        }
    }

    private static void sendAll(RawClient client, int round) throws IOException {
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i < CLIENTS; i++) {
            commands.append("IAMAT c").append(i).append(PADDING).append(" +1-1 ").append(round).append('\n');
        }
        client.send(commands.toString());
        for (int i = 0; i < CLIENTS; i++) {
            client.readLine();
        }
    }

    /** One that dials in and says nothing is cut off, so time enough has passed. */
    private static void awaitASilentNeighboursEnd(TwoEnds ends) throws IOException {
        try (FakeNeighbour silent = FakeNeighbour.dial(ends.herd(), "Bolden", "Alford")) {
            Await.until("a silent neighbour is cut off", silent.connection()::isClosedByServer);
        }
    }

    @Test
    void hearsWhatHappensNowBeforeItHasHeardAllThatHappened() throws IOException {
        int stored = 5000;
        try (TwoEnds ends = new TwoEnds(dir, TestSettings.TIMING, 4096)) {
            ends.herd().startAll();
            fillStore(ends.herd(), stored, 2000);
            try (FakeNeighbour slow = ends.accept(); RawClient client = ends.herd().connect("Alford")) {
                ends.beat(slow);
                Set<String> heard = new HashSet<>();
                heard.add(slow.readLine());
                String live = client.ask("IAMAT live +34-118 1400794645");
                while (!heard.contains(live)) {
                    heard.add(slow.readLine());
                }
                assertThat(heard.size()).as("what was heard before the live update").isLessThan(stored - 1);
                while (heard.size() <= stored) {
                    heard.add(slow.readLine());
                }
            }
        }
    }

    /** Lets Alford know clients with long names, as if it had always known them. */
    static void fillStore(TestHerd herd, int clients, int nameLength) {
        for (int i = 0; i < clients; i++) {
            byte[] line = ("AT Welsh +0.000000001 " + i + "p".repeat(nameLength) + " +1-1 " + i)
                    .getBytes(StandardCharsets.ISO_8859_1);
            herd.merge("Alford", Location.parse(line, 0, line.length, 0));
        }
    }
}
