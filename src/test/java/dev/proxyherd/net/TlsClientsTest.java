package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.client.HerdClient;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import dev.proxyherd.tls.Authorities;
import dev.proxyherd.tls.TestAuthority;
import dev.proxyherd.tls.TlsFiles;
import dev.proxyherd.tls.sockets.ClientTls;
import dev.proxyherd.tls.sockets.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients on the port that is for those in TLS. */
class TlsClientsTest {
    @TempDir
    private Path dir;

    private TestHerd herd;
    private TlsFiles files;
    private int port;

    @BeforeEach
    void start() throws IOException {
        herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden")
                .limits(TestSettings.limits(2, 8192, Duration.ofMinutes(1), Duration.ofSeconds(30)));
        port = herd.listenTls("Alford");
        files = new TestAuthority("authority").files(dir.resolve("tls"), "Alford");
        herd.tls("Alford", new TlsFiles(files.certificate(), files.key(), null));
        herd.start("Alford");
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    private HerdClient connect(String name) throws IOException {
        return HerdClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Await.LIMIT,
                new ClientTls(Authorities.read(files.authorities()), Set.of(name)));
    }

    private RawClient inTls() throws IOException {
        return new RawClient(over(new Socket(InetAddress.getLoopbackAddress(), port)));
    }

    private static SSLSocket over(Socket plain) throws IOException {
        SSLSocket socket = TlsContexts.dialling(null).over(plain, new byte[0]);
        socket.startHandshake();
        return socket;
    }

    @Test
    void areServedAsOnThePlainPort() throws IOException {
        try (HerdClient client = connect("Alford")) {
            assertThat(client.iamat("kiwi", "+34-118", "7").line()).startsWith("AT Alford ");
            assertThat(client.whatsat("kiwi", "10", "3").document()).contains("\"results\"");
        }
        try (RawClient client = herd.connect("Alford")) {
            assertThat(client.askForPlaces("WHATSAT kiwi 10 3")).startsWith("AT Alford ");
        }
    }

    @Test
    void areAnsweredToTheEndAfterTheyHaveHalfClosed() throws IOException {
        try (RawClient client = inTls()) {
            client.send("hello\nIAMAT kiwi +34-118 7\nlast");
            assertThat(client.finish()).startsWith("? hello\nAT Alford ").endsWith("\n? last\n");
        }
    }

    @Test
    void haveALineWithoutItsEndIgnoredWhereSomebodyElseHasCutIt() throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
                RawClient client =
                        new RawClient(over(plain))) {
            client.send("hello\nIAMAT kiwi +34-118 7");
            assertThat(client.readLine()).isEqualTo("? hello");
            plain.shutdownOutput();
            assertThat(client.readToEnd()).isEmpty();
        }
        assertThat(herd.stored("Alford", "kiwi")).isNull();
    }

    @Test
    void refuseAServerOfAnotherName() {
        assertThatThrownBy(() -> connect("Bolden")).hasMessageContaining("is for alford, not for Bolden");
    }

    @Test
    void whoSpeaksPlainlyIsClosedWithOneLineInTheLog() throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send("IAMAT kiwi +34-118 7\n");
            Await.until("it is closed", client::isClosedByServer);
        }
        herd.awaitLog("Alford", "disconnected: the TLS handshake failed: ");
        assertThat(herd.stored("Alford", "kiwi")).isNull();
    }

    @Test
    void aHandshakeOfNeighboursIsNoCommandThere() throws IOException {
        try (RawClient client = inTls()) {
            assertThat(client.ask("HERD 2 LINK Bolden Alford 00 abilities=resync")).startsWith("? HERD 2 LINK");
        }
    }

    @Test
    void countTogetherWithThoseInThePlain() throws IOException {
        try (RawClient plain = herd.connect("Alford");
                RawClient first = inTls();
                RawClient second = new RawClient(port)) {
            plain.ask("hello");
            first.ask("hello");
            second.send("\u0016\u0003");
            assertThat(herd.status("Alford").connections()).isEqualTo(2);
            plain.close();
            Await.until("the next one is let in", () -> herd.status("Alford").connections() == 2);
        }
    }

    @Test
    void aServerStopsThoughTheyAreIdle() throws IOException {
        try (RawClient client = inTls()) {
            client.ask("hello");
            long start = System.nanoTime();
            herd.stop("Alford");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(client.readToEnd()).isEmpty();
        }
    }
}
