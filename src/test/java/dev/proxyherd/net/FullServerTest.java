package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.status.ServerAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the permits reserved for neighbours, and of all others, when a crowd of clients connects. */
class FullServerTest {
    /** More than the permits that are reserved. */
    private static final int CROWD = 20;

    /** 250 ms, and as long again until somebody looks; what is left is for a busy machine. */
    private static final Duration PUT_OUT = Duration.ofMillis(1500);

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

    private void connectACrowd() throws IOException {
        for (int i = 0; i < CROWD; i++) {
            server.connect();
        }
    }

    @Nested
    class ANeighbour {
        @Test
        void isLinkedAtItsFirstTryThoughACrowdOfSilentClientsCameBeforeIt() throws IOException {
            connectACrowd();
            herd.start("Bolden");
            herd.awaitLinks();
            server.client(0).ask("IAMAT kiwi +34-118 7");
            herd.awaitSameStores("on both sides of the crowd", 1);
            assertThat(herd.log("Bolden")).doesNotContain("no link to Alford");
        }

        @Test
        void leavesItsPlaceToTheNextSoThatMoreOfThemMayStayThanPlacesAreKept() throws IOException {
            for (int i = 0; i < CROWD; i++) {
                herd.neighbour("Alford", "N" + i, FreePorts.next());
            }
            server.restart();
            for (int i = 0; i < CROWD; i++) {
                server.keep(FakeNeighbour.dial(herd, "N" + i, "Alford").connection());
            }
            Await.until("all of them are linked at once",
                    () -> herd.status("Alford").links().stream().filter(LinkStatus::incoming).count() == CROWD);
        }
    }

    @Nested
    class WhoTakesAKeptPlace {
        @ParameterizedTest
        @ValueSource(strings = {"", "IAMAT kiwi", "HERD 2 LINK Bolden Alford "})
        void andEndsNoLineIsPutOutSoon(String half) throws IOException {
            RawClient silent = server.connect();
            silent.send(half);
            Await.until("it is put out", PUT_OUT, silent::isClosedByServer);
            herd.awaitLog("Alford", "disconnected: the server is full, and this began no handshake");
        }

        @Test
        void andSendsAByteNowAndThenIsPutOutAsSoon() throws IOException {
            RawClient slow = server.connect();
            Await.until("it is put out", PUT_OUT, () -> {
                sendIfOpen(slow);
                return slow.isClosedByServer();
            });
        }

        private void sendIfOpen(RawClient client) {
            try {
                client.send("x");
            } catch (IOException closed) {
                assertThat(client.isClosedByServer()).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"IAMAT kiwi +34-118 7\n", "HERD 2 LINK Mallory Alford 00\n", "half", ""})
        void leavesItToTheNextHoweverItGoes(String last) throws IOException {
            for (int i = 0; i < CROWD; i++) {
                try (RawClient stranger = herd.connect("Alford")) {
                    stranger.send(last);
                    stranger.finish();
                } catch (IOException refused) {
                    // The next one comes all the same.
                }
            }
            try (FakeNeighbour bolden = FakeNeighbour.dial(herd, "Bolden", "Alford")) {
                bolden.send("AT Bolden +0.000000001 plum +34-118 7");
                Await.until("Alford learns", () -> herd.stored("Alford", "plum") != null);
            }
            assertThat(herd.stored("Alford")).containsOnlyKeys("plum");
        }
    }

    @Test
    void anInquiryIsAnsweredAgainAndAgain() throws Exception {
        server.client(0).ask("IAMAT kiwi +34-118 7");
        for (int i = 0; i < CROWD; i++) {
            ServerAnswer alford = herd.survey().status().servers().getFirst();
            assertThat(alford.failure()).isNull();
            assertThat(alford.status().connections()).isGreaterThan(FullServer.CONNECTIONS);
        }
        assertThat(herd.survey().trace("kiwi").getFirst().line()).endsWith(" kiwi +34-118 7");
    }

    @Test
    void asManyNewClientsGetInAsHaveLeftInWhateverWay() throws IOException {
        server.client(0).close();
        server.client(1).reset();
        server.client(2).send("x".repeat(8193));
        server.client(2).readToEnd();
        server.client(2).close();
        for (int i = 0; i < FullServer.CONNECTIONS; i++) {
            Await.until("a new client is answered", () -> isAnswered(server.connect()));
        }
        assertThat(isAnswered(server.connect())).as("whether there is a permit too many").isFalse();
    }

    private static boolean isAnswered(RawClient client) {
        try {
            return client.ask("hello").equals("? hello");
        } catch (IOException refused) {
            return false;
        }
    }
}
