package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One address has as many connections to Alford as it may; Bolden, a neighbour at that address, does not run yet. */
class ConnectionsPerHostTest {
    private static final int PER_HOST = 2;

    /** More than the permits that are reserved for neighbours. */
    private static final int CROWD = 40;

    @TempDir
    private Path dir;

    private TestHerd herd;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void fill() throws IOException {
        herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").limits(new ClientLimits(
                new ConnectionLimits(100, PER_HOST), 8192, Duration.ofMinutes(1), Duration.ofSeconds(30),
                Duration.ofDays(100_000), Integer.MAX_VALUE));
        herd.start("Alford");
        for (int i = 0; i < PER_HOST; i++) {
            assertThat(connect("127.0.0.1").ask("hello")).isEqualTo("? hello");
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        herd.close();
    }

    private RawClient connect(String from) throws IOException {
        RawClient client = new RawClient(new Socket(InetAddress.getLoopbackAddress(), herd.port("Alford"),
                InetAddress.getByName(from), 0));
        clients.add(client);
        return client;
    }

    private void connectACrowd() throws IOException {
        for (int i = 0; i < CROWD; i++) {
            connect("127.0.0.1");
        }
    }

    private static boolean isAnswered(RawClient client) {
        try {
            return client.ask("hello").equals("? hello");
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void itsNextIsRefusedAndOthersAreServed() throws IOException {
        RawClient next = connect("127.0.0.1");
        next.send("IAMAT kiwi +34-118 1400794645\n");
        Await.until("the next one is refused", next::isClosedByServer);
        assertThat(herd.stored("Alford")).as("what the refused client sent").isEmpty();
        assertThat(connect("127.0.0.2").ask("hello")).isEqualTo("? hello");
        assertThat(clients.getFirst().ask("still here")).isEqualTo("? still here");
    }

    @Test
    void onlyTheFirstRefusalIsLogged() throws IOException {
        connectACrowd();
        for (RawClient client : clients.subList(PER_HOST, PER_HOST + CROWD)) {
            Await.until("it is refused", client::isClosedByServer);
        }
        herd.awaitLog("Alford",
                "refused 127.0.0.1, which has as many connections as --max-connections-per-host allows, 2;");
        connect("127.0.0.2").ask("the log has all that was before");
        herd.awaitLog("Alford", "the log has all that was before");
        assertThat(herd.log("Alford")).containsOnlyOnce("refused 127.0.0.1").doesNotContain("disconnected");
    }

    /** The permits reserved for neighbours are held by silent ones, which nobody may have to wait for. */
    @Test
    void othersAreServedThoughACrowdFromThereIsAtTheDoor() throws IOException {
        connectACrowd();
        long start = System.nanoTime();
        assertThat(connect("127.0.0.2").ask("hello")).isEqualTo("? hello");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aPermitThatItReleasesIsItsAgain() throws IOException {
        clients.getFirst().close();
        Await.until("a new client from there is answered", () -> isAnswered(connect("127.0.0.1")));
        assertThat(isAnswered(connect("127.0.0.1"))).as("whether there is a permit too many").isFalse();
    }

    @Test
    void aNeighbourThereIsLetInThoughACrowdIsAtTheDoor() throws IOException {
        connectACrowd();
        herd.start("Bolden");
        clients.getFirst().ask("IAMAT kiwi +34-118 7");
        herd.awaitSameStores("on both sides of the crowd", 1);
    }

    @Test
    void aNeighbourCountsNoMoreOnceItHasProvedWhatItIs() throws IOException {
        clients.getFirst().close();
        Await.until("the server has noticed", () -> herd.status("Alford").connections() < PER_HOST);
        try (FakeNeighbour bolden = FakeNeighbour.dial(herd, "Bolden", "Alford")) {
            Await.until("a client from there is answered", () -> isAnswered(connect("127.0.0.1")));
            bolden.beat();
        }
    }
}
