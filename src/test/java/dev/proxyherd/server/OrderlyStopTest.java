package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.proxyherd.protocol.LinkMessage;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** A server that stops answers what it has read, and hands on what it knows. */
class OrderlyStopTest {
    @TempDir
    private Path dir;

    private static Thread startSending(RawClient client, String commands) {
        return Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    client.send(commands);
                }
            } catch (IOException theServerHasStopped) {
                return;
            }
        });
    }

    private static Thread startStopping(TestHerd herd) {
        return Thread.ofVirtual().start(() -> herd.stop("Alford"));
    }

    /** Reads lines of answers until the connection ends, and counts those that begin so. */
    private static int count(RawClient client, String beginning) throws IOException {
        int count = 0;
        try {
            while (true) {
                count += client.readLine().startsWith(beginning) ? 1 : 0;
            }
        } catch (EOFException | SocketException end) {
            return count;
        }
    }

    private static long logged(TestHerd herd, String text) throws IOException {
        return herd.log("Alford").lines().filter(line -> line.contains(text)).count();
    }

    @Test
    void everyCommandThatWasReadIsAnswered() throws Exception {
        try (TestHerd herd = new TestHerd(dir, "Alford").startAll(); RawClient client = herd.connect("Alford")) {
            startSending(client, "hello\n".repeat(100));
            herd.awaitLog("Alford", "hello");
            Thread stop = startStopping(herd);
            int answers = count(client, "? hello");
            client.close();
            stop.join();

            assertThat(answers).isPositive().isEqualTo((int) logged(herd, " in  "))
                    .isEqualTo((int) logged(herd, " out "));
        }
    }

    @Test
    void answersThatAreStillOnTheirWayAreNotLost() throws Exception {
        try (TestHerd herd = new TestHerd(dir, "Alford").places(StubPlaces.giving(StubPlaces.document(20))).startAll();
                RawClient client = new RawClient(herd.port("Alford"), 4096)) {
            client.ask("IAMAT kiwi +34-118 1400794645");
            startSending(client, "WHATSAT kiwi 10 20\n".repeat(100));
            herd.awaitLog("Alford", "places OK 20 results");
            Thread stop = startStopping(herd);
            int answers = count(client, "AT Alford");
            client.close();
            stop.join();

            assertThat(answers).isPositive().isEqualTo((int) logged(herd, " in  127.0.0.1") - 1);
        }
    }

    @Test
    void aLookupThatIsUnderWayIsAnswered() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch found = new CountDownLatch(1);
        StubPlaces places = new StubPlaces(query -> {
            asked.countDown();
            try {
                found.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return StubPlaces.document(1).getBytes(StandardCharsets.UTF_8);
        });
        try (TestHerd herd = new TestHerd(dir, "Alford").places(places).startAll();
                RawClient client = herd.connect("Alford")) {
            String at = client.ask("IAMAT kiwi +34-118 1400794645");
            client.send("WHATSAT kiwi 1 1\nhello\n");
            asked.await();
            Thread stop = startStopping(herd);
            Await.until("Alford accepts no more", () -> !accepts(herd));
            found.countDown();

            assertThat(client.readToEnd()).isEqualTo(at + '\n' + StubPlaces.document(1) + "\n\n? hello\n");
            client.close();
            stop.join();
        }
    }

    private static boolean accepts(TestHerd herd) {
        try (RawClient other = herd.connect("Alford")) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void halfACommandIsDropped() throws Exception {
        try (TestHerd herd = new TestHerd(dir, "Alford");
                HerdServer alford = herd.start("Alford");
                RawClient client = herd.connect("Alford")) {
            client.send("hello\nIAMAT kiwi +34-118 14007");
            assertThat(client.readLine()).isEqualTo("? hello");
            herd.stop("Alford");

            assertThat(client.readToEnd()).isEmpty();
            assertThat(alford.store().size()).isZero();
            assertThat(herd.log("Alford")).doesNotContain("IAMAT");
        }
    }

    @Test
    void whatIsQueuedReachesLiveNeighbours() throws Exception {
        int clients = 20_000;
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").startAll().awaitLinks();
                RawClient client = herd.connect("Alford")) {
            StringBuilder commands = new StringBuilder();
            for (int i = 0; i < clients; i++) {
                commands.append("IAMAT c").append(i).append(" +1-1 1\n");
            }
            Thread.ofVirtual().start(() -> send(client, commands.toString()));
            for (int i = 0; i < clients; i++) {
                client.readLine();
            }
            herd.stop("Alford");

            assertThat(herd.stored("Bolden")).hasSize(clients);
            herd.awaitLog("Bolden", "link to Alford down: ");
        }
    }

    private static void send(RawClient client, String text) {
        try {
            client.send(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aNeighbourThatHangsDoesNotKeepItFromStopping() throws Exception {
        try (ServerSocket listener = new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress());
                TestHerd herd = new TestHerd(dir, "Alford").neighbour("Alford", "Bolden", listener.getLocalPort())) {
            herd.start("Alford");
            try (FakeNeighbour hung = FakeNeighbour.accept(listener, "Bolden")) {
                hung.await(LinkMessage.Heartbeat.class);
                Thread stop = startStopping(herd);
                Await.until("Alford has stopped", () -> !stop.isAlive());
            }
            assertThat(herd.log("Alford")).endsWith("server Alford has stopped\n");
        }
    }
}
