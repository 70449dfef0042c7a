package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.status.LinkStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alford has two neighbours: Parker, which works, and the test as Bolden, which beats but reads nothing. */
class UnreadingNeighbourTest {
    private static final int CLIENTS = 300;
    private static final int ROUNDS = 60;
    private static final int SMALL_BUFFER = 4096;
    private static final int LONGER_THAN_A_REST_NANOS = 250_000_000;

    /** So long that updates do not fit what the system buffers for a connection. */
    private static final String PADDING = "p".repeat(1500);

    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    private Path dir;

    private ServerSocket listener;
    private TestHerd herd;
    private FakeNeighbour bolden;

    @BeforeEach
    void start() throws IOException {
        listener = new ServerSocket();
        listener.setReceiveBufferSize(SMALL_BUFFER);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()));
        herd = new TestHerd(dir, "Alford", "Parker").link("Alford", "Parker")
                .neighbour("Alford", "Bolden", listener.getLocalPort()).startAll();
        bolden = FakeNeighbour.accept(listener, "Bolden");
        ScheduledFuture<?> unused = heart.scheduleAtFixedRate(this::beat, 0, 100, TimeUnit.MILLISECONDS);
        herd.awaitLog("Alford", "link to Bolden up");
        herd.awaitLog("Alford", "link to Parker up");
    }

    @AfterEach
    void stop() throws IOException {
        heart.shutdownNow();
        listener.close();
        bolden.close();
        herd.close();
    }

    private void beat() {
        try {
            bolden.beat();
        } catch (IOException closed) {
            throw new IllegalStateException(closed);
        }
    }

    private LinkStatus toBolden() {
        return herd.status("Alford").links().stream().filter(link -> link.neighbour().equals("Bolden")).findFirst()
                .orElseThrow();
    }

    private void report(RawClient client, int round) throws IOException {
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i < CLIENTS; i++) {
            commands.append("IAMAT c").append(i).append(PADDING).append(" +1-1 ").append(round).append('\n');
        }
        client.send(commands.toString());
        for (int i = 0; i < CLIENTS; i++) {
            assertThat(client.readLine()).startsWith("AT Alford ");
        }
    }

    @Test
    void costsNoMoreThanOneEntryForEachClientAndDelaysNobody() throws IOException {
        try (RawClient client = herd.connect("Alford")) {
            for (int round = 1; round <= ROUNDS; round++) {
                report(client, round);
                assertThat(toBolden().queued()).as("clients queued in round %d", round).isLessThanOrEqualTo(CLIENTS);
            }
        }
        assertThat(toBolden().queued()).as("what waits").isGreaterThan(CLIENTS / 2);
        Await.until("the neighbour that reads knows the newest", () -> herd.stored("Parker").values().stream()
                .filter(line -> line.endsWith(" " + ROUNDS)).count() == CLIENTS);
        assertThat(toBolden().starts()).isEqualTo(1);
    }

    /** Reports until the link's writer is stuck in a write, and returns how the link is then. */
    private LinkStatus stuck(RawClient client) throws IOException {
        for (int round = 1; round <= ROUNDS; round++) {
            report(client, round);
        }
        long[] sent = {-1};
        long[] since = {0};
        Await.until("the link has sent nothing for longer than it rests", () -> {
            long now = toBolden().linesSent();
            if (now != sent[0]) {
                sent[0] = now;
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > LONGER_THAN_A_REST_NANOS;
        });
        LinkStatus link = toBolden();
        assertThat(link.queued()).as("what waits").isGreaterThan(CLIENTS / 2);
        return link;
    }

    @Test
    void isNotToldWhatItHasTold() throws IOException {
        try (RawClient client = herd.connect("Alford");
                FakeNeighbour teaching = FakeNeighbour.dial(herd, "Bolden", "Alford")) {
            LinkStatus before = stuck(client);
            for (String line : herd.stored("Alford").values()) {
                teaching.send(line);
            }
            Await.until("nothing waits any more", () -> toBolden().queued() == 0);
            assertThat(toBolden().linesSent()).as("lines that were sent meanwhile").isEqualTo(before.linesSent());
        }
    }

    @Test
    void isToldWhatItToldInAnEarlierLife() throws IOException {
        try (RawClient client = herd.connect("Alford");
                FakeNeighbour earlier = FakeNeighbour.dial(herd, "Bolden", "Alford", "f".repeat(32))) {
            LinkStatus before = stuck(client);
            for (String line : herd.stored("Alford").values()) {
                earlier.send(line);
            }
            earlier.send("AT Bolden +0.000000001 last +1-1 1400794645");
            Await.until("all that was sent is read", () -> herd.stored("Alford", "last") != null);
            assertThat(toBolden().queued()).as("what still waits").isEqualTo(before.queued());
        }
    }

    @Test
    void thatComesBackIsToldTheNewestOfEachClientOnce() throws IOException {
        try (RawClient client = herd.connect("Alford")) {
            for (int round = 1; round <= 10; round++) {
                report(client, round);
            }
            bolden.close();
            bolden = FakeNeighbour.accept(listener, "Bolden");
            Map<String, String> told = new HashMap<>();
            for (int i = 0; i < CLIENTS; i++) {
                String[] fields = bolden.readLine().split(" ");
                assertThat(told.put(fields[3], fields[5])).as("what was told twice").isNull();
            }
            assertThat(told).hasSize(CLIENTS).allSatisfy((id, round) -> assertThat(round).isEqualTo("10"));
            client.ask("IAMAT last +1-1 7");
            assertThat(bolden.readLine()).as("what comes after them").endsWith(" last +1-1 7");
        }
    }
}
