package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.LiveFile;
import dev.proxyherd.rights.Token;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TokenSettings;
import dev.proxyherd.tls.Identity;
import dev.proxyherd.tls.TestAuthority;
import dev.proxyherd.tls.TestAuthority.Wanted;
import dev.proxyherd.tls.sockets.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients in TLS that must show a certificate, and may do what the token of its common name may. */
class CertifiedClientsTest {
    private static final Duration LOOKS = LiveFile.PERIOD.multipliedBy(3);

    @TempDir
    private Path dir;

    private final TestAuthority authority = new TestAuthority("fleet");
    private Path tokens;
    private Path clientCa;
    private TestHerd herd;
    private int port;

    @BeforeEach
    void start() throws IOException {
        tokens = dir.resolve("tokens.json");
        clientCa = dir.resolve("client-ca.pem");
        write("\"report\":[\"ann/*\"],\"see\":[\"ann/*\",\"bob/phone\"]");
        Files.writeString(clientCa, TestAuthority.pem(List.of(authority.certificate())));
        herd = new TestHerd(dir, "Alford").tokens(new TokenSettings(tokens, clientCa));
        port = herd.listenTls("Alford");
        herd.start("Alford");
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    private void write(String rights) throws IOException {
        Files.writeString(tokens,
                "{\"tokens\":[{\"name\":\"ann\",\"sha256\":\"" + Token.hash("never shown") + "\"," + rights + "}]}");
    }

    private RawClient connect(Identity identity) throws IOException {
        SSLSocket socket =
                TlsContexts.dialling(identity).over(new Socket(InetAddress.getLoopbackAddress(), port), new byte[0]);
        socket.startHandshake();
        return new RawClient(socket);
    }

    private RawClient ann() throws IOException {
        return connect(authority.issue("ann", new Wanted().clientAuth()));
    }

    private void assertRefused(Identity identity, String reason) throws IOException {
        try (RawClient client = connect(identity)) {
            client.send("IAMAT ann/phone +34-118 7\n");
            Await.until("it is closed", client::isClosedByServer);
        }
        herd.awaitLog("Alford", reason);
        assertThat(herd.stored("Alford", "ann/phone")).isNull();
    }

    @Nested
    class WithATokensName {
        @Test
        void reportWhomTheTokenMayReport() throws IOException {
            try (RawClient client = ann()) {
                assertThat(client.ask("IAMAT ann/phone +34-118 7")).startsWith("AT Alford ");
                assertThat(client.ask("IAMAT bob/phone +34-118 7")).isEqualTo("? IAMAT bob/phone +34-118 7");
                assertThat(client.ask("IAMAT ann +34-118 7")).isEqualTo("? IAMAT ann +34-118 7");
                assertThat(client.ask("IAMAT Ann/phone +34-118 7")).isEqualTo("? IAMAT Ann/phone +34-118 7");
            }
            assertThat(herd.stored("Alford", "bob/phone")).isNull();
        }

        @Test
        void areAnsweredOfWhomTheTokenMaySeeAsIfThereWereNobodyElse() throws IOException {
            try (RawClient plain = herd.connect("Alford"); RawClient client = ann()) {
                plain.ask("IAMAT bob/phone +34-118 7");
                plain.ask("IAMAT bob/watch +34-118 7");
                assertThat(client.askForPlaces("WHATSAT bob/phone 10 1")).startsWith("AT Alford ");
                assertThat(client.ask("WHATSAT bob/watch 10 1")).isEqualTo("? WHATSAT bob/watch 10 1");
                assertThat(client.ask("WHATSAT nobody 10 1")).isEqualTo("? WHATSAT nobody 10 1");
            }
        }

        @Test
        void mayDoAtOnceWhatTheChangedFileSays() throws IOException {
            try (RawClient client = ann()) {
                assertThat(client.ask("IAMAT ann/phone +34-118 7")).startsWith("AT ");
                write("\"report\":[\"bob/*\"]");
                Await.until("the file has been read", LOOKS.plus(Await.LIMIT),
                        () -> client.ask("IAMAT bob/phone +34-118 7").startsWith("AT "));
                assertThat(client.ask("IAMAT ann/phone +34-118 8")).startsWith("? ");
                Files.writeString(tokens, "{\"tokens\":[]}");
                Await.until("the token is gone", LOOKS.plus(Await.LIMIT),
                        () -> client.ask("IAMAT bob/phone +34-118 8").startsWith("? "));
            }
        }
    }

    @Nested
    class WithoutOne {
        @ParameterizedTest
        @ValueSource(strings = {"eve", "ANN", "ann ", "eve,CN=ann", "ann+CN=ann", "*"})
        void mayDoNothing(String name) throws IOException {
            try (RawClient client = connect(authority.issue(name, new Wanted()))) {
                assertThat(client.ask("IAMAT ann/phone +34-118 7")).startsWith("? ");
                assertThat(client.ask("WHATSAT ann/phone 10 1")).startsWith("? ");
            }
            herd.awaitLog("Alford", "shows the certificate of '" + name + "', and there is no token of that name");
        }
    }

    @Nested
    class AreNotLetIn {
        @Test
        void withACertificateOfAnotherAuthority() throws IOException {
            assertRefused(new TestAuthority("other").issue("ann", new Wanted().clientAuth()),
                    "CN=ann does not come from an authority in " + clientCa);
        }

        @Test
        void withOneThatHasExpired() throws IOException {
            Instant now = Instant.now();
            assertRefused(authority.issue("ann", new Wanted().valid(now.minusSeconds(900), now.minusSeconds(60))),
                    "CN=ann has expired at ");
        }

        @Test
        void withOneThatIsForServers() throws IOException {
            assertRefused(authority.issue("ann", new Wanted().serverAuth()), "is not for clients in TLS");
        }

        @Test
        void withoutOne() throws IOException {
            try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
                    SSLSocket socket = TlsContexts.dialling(null).over(plain, new byte[0])) {
                try (RawClient client = new RawClient(socket)) {
                    client.send("IAMAT ann/phone +34-118 7\n");
                    Await.until("it is closed", client::isClosedByServer);
                } catch (IOException alert) {
                    // What TLS says of it may come first.
                }
            }
            herd.awaitLog("Alford", "disconnected: the TLS handshake failed: ");
            assertThat(herd.stored("Alford", "ann/phone")).isNull();
        }
    }

    @Test
    void areLetInByTheAuthoritiesOfTheChangedFile() throws IOException {
        TestAuthority next = new TestAuthority("next");
        Files.writeString(clientCa, TestAuthority.pem(List.of(next.certificate())));
        herd.awaitLog("Alford", "client-ca.pem has changed, and counts as it is from now on");
        try (RawClient client = connect(next.issue("ann", new Wanted().clientAuth()))) {
            assertThat(client.ask("IAMAT ann/phone +34-118 7")).startsWith("AT ");
        }
        Files.writeString(clientCa, "nothing");
        herd.awaitLog("Alford", "what it said before still holds");
        try (RawClient client = connect(next.issue("ann", new Wanted().clientAuth()))) {
            assertThat(client.ask("IAMAT ann/phone +34-118 8")).startsWith("AT ");
        }
    }
}
