package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is full of clients refuses the next one, but not a neighbour. */
class ConnectionLimitTest {
    private static final int CONNECTIONS = 3;

    @TempDir
    private Path dir;

    private TestHerd herd;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void fill() throws IOException {
        ClientLimits limits = TestHerd.limits(CONNECTIONS, 8192, Duration.ofMinutes(1), Duration.ofSeconds(30));
        herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").limits(limits);
        herd.start("Alford");
        for (int i = 0; i < CONNECTIONS; i++) {
            RawClient client = connect();
            assertThat(client.ask("hello")).isEqualTo("? hello");
        }
    }

    private RawClient connect() throws IOException {
        RawClient client = herd.connect("Alford");
        clients.add(client);
        return client;
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        herd.close();
    }

    @Test
    void theNextClientIsRefusedAndTheOthersNoticeNothing() throws IOException {
        RawClient next = connect();
        next.send("IAMAT kiwi +34-118 1400794645\n");

        Await.until("the next client is refused", next::isClosedByServer);
        herd.awaitLog("Alford", "disconnected: the server is full");
        assertThat(herd.stored("Alford")).as("what the refused client sent").isEmpty();
        assertThat(clients.getFirst().ask("still here")).isEqualTo("? still here");
    }

    @Test
    void aPlaceThatIsLeftIsGivenToTheNext() throws IOException {
        clients.getFirst().close();

        Await.until("a client gets the place", () -> {
            try (RawClient next = herd.connect("Alford")) {
                next.send("hello\n");
                return next.finish().equals("? hello\n");
            } catch (IOException refused) {
                return false;
            }
        });
    }

    @Test
    void aNeighbourIsLetIn() throws IOException {
        try (FakeNeighbour bolden = FakeNeighbour.dial(herd, "Bolden", "Alford")) {
            bolden.send("AT Bolden +0.000000001 kiwi +34-118 1400794645");
            Await.until("Alford learns", () -> herd.stored("Alford", "kiwi") != null);
        }
    }

    @Test
    void aNeighbourIsLetInThroughACrowdOfSilentStrangers() throws IOException {
        for (int i = 0; i < 15; i++) {
            connect();
        }
        aNeighbourIsLetIn();
    }

    @Test
    void strangersWhoTookTheNeighboursPlacesLoseThemSoon() throws IOException {
        for (int i = 0; i < 20; i++) {
            connect();
        }
        aNeighbourIsLetIn();
        herd.awaitLog("Alford", "disconnected: the server is full, and this began no handshake");
    }

    @Test
    void neighboursTakeNoClientsPlaces() throws IOException {
        clients.getFirst().close();
        try (FakeNeighbour bolden = FakeNeighbour.dial(herd, "Bolden", "Alford")) {
            aPlaceThatIsLeftIsGivenToTheNext();
            bolden.beat();
        }
    }
}
