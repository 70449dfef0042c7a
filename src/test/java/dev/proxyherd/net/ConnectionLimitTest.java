package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is full of clients refuses the next one, but not a neighbour. */
class ConnectionLimitTest {
    @TempDir
    private Path dir;

    private FullServer server;
    private TestHerd herd;

    @BeforeEach
    void fill() throws IOException {
        server = new FullServer(dir);
        herd = server.herd;
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void theNextClientIsRefusedAndTheOthersNoticeNothing() throws IOException {
        RawClient next = server.connect();
        next.send("IAMAT kiwi +34-118 1400794645\n");

        Await.until("the next client is refused", next::isClosedByServer);
        herd.awaitLog("Alford", "disconnected: the server is full");
        assertThat(herd.stored("Alford")).as("what the refused client sent").isEmpty();
        assertThat(server.client(0).ask("still here")).isEqualTo("? still here");
    }

    @Test
    void aPermitThatIsReleasedIsGivenToTheNext() throws IOException {
        server.client(0).close();
        awaitPermit();
    }

    private void awaitPermit() {
        Await.until("a client gets the permit", () -> {
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
    void neighboursTakeNoClientsPermits() throws IOException {
        server.client(0).close();
        try (FakeNeighbour bolden = FakeNeighbour.dial(herd, "Bolden", "Alford")) {
            awaitPermit();
            bolden.beat();
        }
    }
}
