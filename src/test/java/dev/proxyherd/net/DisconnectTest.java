package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that crashes takes nobody with it, and half of what it meant to say changes nothing. */
class DisconnectTest {
    @TempDir
    private Path dir;

    private SingleServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SingleServer(dir, StubPlaces.giving(StubPlaces.document(20)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void inTheMiddleOfACommandChangesNothing() throws IOException {
        try (RawClient client = server.connect()) {
            client.send(SingleServer.IAMAT + "IAMAT apple +1-1 14007946");
            assertThat(client.readLine() + '\n').isEqualTo(SingleServer.AT);
            client.reset();
        }
        server.herd().awaitLog("Alford", "disconnected: Connection reset");

        assertThat(server.herd().stored("Alford")).containsOnlyKeys("kiwi");
    }

    @Test
    void withAnswersUnreadHarmsNobody() throws IOException {
        try (RawClient client = server.connect()) {
            client.send(SingleServer.IAMAT + "WHATSAT kiwi 1 20\n".repeat(1000));
            client.readLine();
            client.reset();
        }
        Await.until("Alford tells of it once", () -> server.herd().log("Alford").contains("disconnected: "));

        assertThat(server.answersTo("x\n")).isEqualTo("? x\n");
        assertThat(server.herd().log("Alford").split("disconnected: ")).hasSize(2);
    }

    @Test
    void ofManyAtOnceHarmsNobody() throws IOException {
        for (int i = 0; i < 200; i++) {
            RawClient client = server.connect();
            client.send("IAMAT c" + i);
            client.reset();
        }
        assertThat(server.answersTo(SingleServer.IAMAT)).isEqualTo(SingleServer.AT);
        assertThat(server.herd().stored("Alford")).containsOnlyKeys("kiwi");
    }
}
