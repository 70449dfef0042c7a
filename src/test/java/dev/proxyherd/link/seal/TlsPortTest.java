package dev.proxyherd.link.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import dev.proxyherd.tls.Identity;
import dev.proxyherd.tls.SelfSigned;
import dev.proxyherd.tls.sockets.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of connections to a server's port that begin as TLS does, or should. */
class TlsPortTest {
    private static final Identity STRANGER = SelfSigned.make("stranger");

    @TempDir
    private Path dir;

    private TestHerd herd;

    @BeforeEach
    void start() throws IOException {
        herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").linkTls(LinkTls.ALWAYS)
                .timing(TestSettings.timing(Duration.ofSeconds(15), Duration.ofSeconds(2)));
        herd.start("Alford");
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    private RawClient inTls(Identity identity) throws IOException {
        SSLSocket socket = TlsContexts.dialling(identity)
                .over(new Socket(InetAddress.getLoopbackAddress(), herd.port("Alford")), new byte[0]);
        socket.startHandshake();
        return new RawClient(socket);
    }

    private void leavesOneLine(String text) throws IOException {
        herd.awaitLog("Alford", text);
        Await.until("nobody is connected", () -> herd.status("Alford").connections() == 0);
        assertThat(herd.log("Alford").lines().filter(line -> line.contains("127.0.0.1"))
                .filter(line -> !line.contains(" listens on ") && !line.contains("Bolden"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016\u0003\u0001\u0000\u0005hello", "\u0016\u0003HERD 2 LINK Bolden Alford 00\n",
        "\u0016\u0003\u0003\u00ff\u00ff\n\n\n\n", "\u0016\u0003\u0001@\u0000\u0001"})
    void whatOnlyBeginsLikeTlsIsClosedWithOneLineInTheLog(String junk) throws IOException {
        try (RawClient scanner = herd.connect("Alford")) {
            scanner.send(junk);
            scanner.finish();
        } catch (IOException reset) {
            assertThat(herd.isRunning("Alford")).isTrue();
        }
        leavesOneLine("no link from 127.0.0.1: the TLS handshake failed: ");
    }

    @Test
    void whoGoesOnSlowlyIsClosedInTime() throws IOException {
        try (RawClient slow = herd.connect("Alford")) {
            slow.send("\u0016\u0003\u0001@\u0000");
            Await.until("it is closed", Duration.ofSeconds(10), () -> {
                sendIfOpen(slow);
                return slow.isClosedByServer();
            });
        }
        leavesOneLine("disconnected: no TLS within 6 s");
    }

    private static void sendIfOpen(RawClient client) {
        try {
            client.send("x");
        } catch (IOException closed) {
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void whoHasFinishedTlsAndSaysNothingIsClosedInTime() throws IOException {
        try (RawClient silent = inTls(STRANGER)) {
            Await.until("it is closed", Duration.ofSeconds(5), silent::isClosedByServer);
        }
        leavesOneLine("disconnected: no handshake within 2 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"IAMAT kiwi +34-118 7\n", "GET / HTTP/1.1\r\n\r\n", "WHATSAT kiwi 1 1", "\n"})
    void aClientsCommandInsideIsNotAnswered(String command) throws IOException {
        try (RawClient client = inTls(STRANGER)) {
            client.send(command);
            assertThat(client.finish()).isEmpty();
        }
        leavesOneLine("no link from 127.0.0.1: what came in TLS opens no handshake");
        assertThat(herd.stored("Alford")).isEmpty();
    }

    @Test
    void whoShowsNoCertificateIsNotServed() throws IOException {
        try (RawClient client = inTls(null)) {
            Await.until("it is closed", client::isClosedByServer);
        }
        leavesOneLine("no link from 127.0.0.1: the TLS handshake failed: ");
    }

    @Test
    void ofWhoBreaksOffAfterTlsTheCertificateIsSuspected() throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), herd.port("Alford"))) {
            TlsContexts.dialling(STRANGER).over(plain, new byte[0]).startHandshake();
        }
        leavesOneLine(
                "no link from 127.0.0.1: the other end broke off after TLS; perhaps it does not take this server's "
                        + "certificate");
    }

    @Test
    void aPlainHelloIsRefusedInWords() throws IOException {
        try (RawClient neighbour = herd.connect("Alford")) {
            neighbour.send("HERD 2 LINK Bolden Alford " + FakeNeighbour.NONCE + " abilities=resync\n");
            assertThat(neighbour.readLine()).isEqualTo(
                    "REFUSED links must be in TLS here; say --link-tls always at the end that dials, or never at both");
        }
        leavesOneLine("no link from 127.0.0.1: refused: links must be in TLS here");
    }

    @Test
    void clientsAreServedInThePlainAsEver() throws IOException {
        try (RawClient client = herd.connect("Alford")) {
            assertThat(client.ask("\u0016")).isEqualTo("? \u0016");
            assertThat(client.ask("\u0016\u0003")).isEqualTo("? \u0016\u0003");
        }
        try (RawClient client = herd.connect("Alford")) {
            client.send("\u0016");
            assertThat(client.finish()).isEqualTo("? \u0016\n");
        }
    }

    @Test
    void aNeighbourIsLetInThoughTheServerIsFull() throws IOException {
        herd.stop("Alford");
        herd.limits(TestSettings.limits(1, 8192, Duration.ofMinutes(1), Duration.ofSeconds(30))).start("Alford");
        try (RawClient client = herd.connect("Alford")) {
            client.ask("hello");
            herd.start("Bolden");
            herd.awaitLinks();
        }
    }
}
