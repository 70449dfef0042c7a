package dev.proxyherd.link.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.tls.SelfSigned;
import dev.proxyherd.tls.TestAuthority;
import dev.proxyherd.tls.TestAuthority.Wanted;
import dev.proxyherd.tls.TlsFiles;
import dev.proxyherd.tls.sockets.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links in TLS between two servers. */
class SealedLinkTest {
    private final Instant now = Instant.now();

    @TempDir
    private Path dir;

    private TestHerd herd;

    @BeforeEach
    void make() {
        herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").linkTls(LinkTls.ALWAYS);
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    private void speaks() throws IOException {
        try (RawClient client = herd.connect("Alford")) {
            client.ask("IAMAT kiwi +34-118 7");
        }
        try (RawClient client = herd.connect("Bolden")) {
            client.ask("IAMAT plum +35-117 8");
        }
        herd.awaitSameStores("over sealed links", 2);
    }

    @Nested
    class OfTheSecretAlone {
        @Test
        void teachInBothDirections() throws IOException {
            herd.startAll().awaitLinks();
            speaks();
        }

        @Test
        void areAskedHowTheyAreInTlsToo() throws Exception {
            herd.startAll().awaitLinks();
            assertThat(herd.survey().status().servers()).allSatisfy(one -> assertThat(one.failure()).isNull());
        }

        @Test
        void keepTheirKeysForTheirOwnersEyes() throws IOException {
            herd.startAll().awaitLinks();
            Path kept = dir.resolve("server-Alford.pem");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept))).isEqualTo("rw-------");
            byte[] before = Files.readAllBytes(kept);
            herd.stop("Alford");
            herd.start("Alford");
            herd.awaitLinks();
            assertThat(Files.readAllBytes(kept)).isEqualTo(before);
        }

        @Test
        void areNotOpenedWithTheWrongSecret() throws IOException {
            herd.secret("Bolden", "another secret, a wrong one").startAll();
            herd.awaitLog("Alford", "does not hold the same secret");
            herd.awaitLog("Bolden", "does not hold the same secret");
        }
    }

    @Nested
    class OfAnAuthority {
        private final TestAuthority authority = new TestAuthority("herd authority");

        private void give(String name, Wanted wanted) throws IOException {
            herd.tls(name, authority.write(dir.resolve("tls-" + name), authority.issue(name, wanted)));
        }

        private void isRefused(String reason) throws IOException {
            herd.startAll();
            herd.awaitLog("Alford", "no link to Bolden (127.0.0.1:" + herd.port("Bolden") + "): the certificate ");
            herd.awaitLog("Alford", reason);
            herd.awaitLog("Bolden", "no link to Alford (127.0.0.1:" + herd.port("Alford")
                    + "): it refused: the certificate ");
            herd.awaitLog("Bolden", reason);
            isToldOnce("Alford", "no link to Bolden (127.0.0.1:" + herd.port("Bolden") + "): the certificate ");
            isToldOnce("Alford", "as Bolden is refused: the certificate ");
            isToldOnce("Bolden", "): it refused: the certificate ");
            assertThat(herd.status("Alford").links()).noneMatch(link -> link.up() || link.incoming());
        }

        private void isToldOnce(String server, String warning) {
            herd.awaitWarning(server, warning);
            assertThat(herd.warnings(server).stream().filter(one -> one.contains(warning))).hasSize(1);
        }

        @Test
        void teachWhereCertificatesAreForTheServersNames() throws IOException {
            give("Alford", new Wanted().dns("Alford").serverAuth());
            give("Bolden", new Wanted().dns("bolden").clientAuth());
            herd.startAll().awaitLinks();
            speaks();
        }

        @Test
        void teachWhereCertificatesAreForTheirHosts() throws IOException {
            give("Alford", new Wanted().ip("127.0.0.1"));
            give("Bolden", new Wanted().dns("other.example.org").ip("127.0.0.1").serverAuth());
            herd.startAll().awaitLinks();
            speaks();
        }

        @Test
        void refuseOneThatHasExpired() throws IOException {
            give("Alford", new Wanted().dns("Alford"));
            give("Bolden", new Wanted().dns("Bolden").valid(now.minus(Duration.ofDays(9)),
                    now.minus(Duration.ofMinutes(1))));
            isRefused("CN=Bolden has expired at ");
        }

        @Test
        void refuseOneOfAnotherServer() throws IOException {
            give("Alford", new Wanted().dns("Alford"));
            give("Bolden", new Wanted().dns("Welsh").ip("127.0.0.2"));
            isRefused("CN=Bolden is for welsh, 127.0.0.2, not for ");
        }

        @Test
        void refuseOneOfAnotherAuthority() throws IOException {
            TestAuthority foreign = new TestAuthority("foreign authority");
            give("Alford", new Wanted().dns("Alford"));
            TlsFiles files = foreign.files(dir.resolve("tls-Bolden"), "Bolden");
            herd.tls("Bolden", new TlsFiles(files.certificate(), files.key(), null));
            isRefused("CN=Bolden does not come from an authority in ");
        }

        @Test
        void refuseOneThatAServerHasMadeItself() throws IOException {
            give("Alford", new Wanted().dns("Alford"));
            isRefused("CN=Bolden is self-signed, and one of an authority in ");
        }

        @Test
        void tellOnceOfANeighbourThatDialsAgainAndAgain() throws IOException {
            give("Alford", new Wanted().dns("Alford"));
            herd.start("Alford");
            for (int i = 0; i < 3; i++) {
                dialAs("Bolden");
                dialAs("Welsh");
            }
            isToldOnce("Alford", " as Bolden is refused: the certificate CN=someone is self-signed");
            assertThat(herd.warnings("Alford")).noneMatch(one -> one.contains("Welsh"));
        }

        private void dialAs(String name) throws IOException {
            SSLSocket socket = TlsContexts.dialling(SelfSigned.make("someone"))
                    .over(new Socket(InetAddress.getLoopbackAddress(), herd.port("Alford")), new byte[0]);
            socket.startHandshake();
            try (RawClient client = new RawClient(socket)) {
                client.send("HERD 2 LINK " + name + " Alford " + FakeNeighbour.NONCE + " abilities=resync\n");
                assertThat(client.readLine()).startsWith("REFUSED the certificate CN=someone is self-signed");
            }
        }

        @Test
        void answerACommandOnlyWithACertificate() throws Exception {
            give("Alford", new Wanted().dns("Alford"));
            herd.start("Alford");
            assertThat(herd.survey().status().servers().getFirst().failure().reason())
                    .contains("it refused: the certificate CN=herd-command is self-signed");
        }
    }
}
