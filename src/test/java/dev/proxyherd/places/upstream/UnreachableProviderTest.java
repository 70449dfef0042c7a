package dev.proxyherd.places.upstream;

import static dev.proxyherd.places.Upstreams.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.Upstreams;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.setup.PlacesSettings;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Why a provider cannot be reached at all. */
class UnreachableProviderTest {
    /** None of this is about time, and whoever meets TLS first waits for Java to load it. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private PlacesDocument ask(URI url) {
        PlacesSettings settings = PlacesSettings.of(PlacesSource.parse("overpass").at(url));
        try (PlacesProvider provider = Upstreams.open(settings.with(new PlacesLimits(LONG, LONG, 1, 0, 1_024, 4)))) {
            return Places.answer(provider, QUERY);
        }
    }

    @Test
    void aRefusedConnectionIsNamed() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertThat(Upstreams.text(ask(URI.create("http://127.0.0.1:" + port + "/"))))
                .contains("the connection was refused (tried 4 times)");
    }

    @Test
    void anUnknownHostIsNamedAndNotTriedAgain() {
        assertThat(Upstreams.text(ask(URI.create("http://no-such-host.invalid/"))))
                .contains("its host name is unknown\"");
    }

    @Test
    void tlsWithSomethingElseIsNamedAndNotTriedAgain() throws IOException {
        try (FakeUpstream upstream = new FakeUpstream(FakeUpstream.ok("no TLS"))) {
            URI url = URI.create(upstream.url("/").toString().replace("http:", "https:"));
            assertThat(Upstreams.text(ask(url))).contains("UNKNOWN_ERROR").doesNotContain("tried");
        }
    }

    @Test
    void aConnectionThatIsResetInTheTlsHandshakeIsTriedAgain() throws IOException {
        try (FakeUpstream upstream = new FakeUpstream(FakeUpstream.reset(""))) {
            URI url = URI.create(upstream.url("/").toString().replace("http:", "https:"));
            assertThat(Upstreams.text(ask(url))).contains("no secure connection", "(tried 4 times)");
        }
    }

    @Test
    void aConnectionThatIsClosedInTheTlsHandshakeIsTriedAgain() throws IOException {
        try (FakeUpstream upstream = new FakeUpstream(UnreachableProviderTest::hangUp)) {
            URI url = URI.create(upstream.url("/").toString().replace("http:", "https:"));
            assertThat(Upstreams.text(ask(url))).contains("no secure connection", "(tried 4 times)");
        }
    }

    /** What is left unread would make the end of the connection a reset. */
    private static boolean hangUp(FakeUpstream.Request request, Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readUnsignedShort(); // the version; the type of the record has been read
        in.readFully(new byte[in.readUnsignedShort()]);
        return false;
    }
}
