package dev.proxyherd.link.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.tls.SelfSigned;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever sits between two servers that share a secret, and have no certificates but those that they made themselves. */
class ThirdPartyTest {
    @TempDir
    private Path dir;

    private TestHerd herd;

    @BeforeEach
    void make() throws IOException {
        herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").linkTls(LinkTls.ALWAYS);
        herd.start("Bolden");
        try (RawClient client = herd.connect("Bolden")) {
            client.ask("IAMAT plum-of-bolden +35-117 8");
        }
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    private void startAlford() throws IOException {
        herd.start("Alford");
        try (RawClient client = herd.connect("Alford")) {
            client.ask("IAMAT kiwi-of-alford +34-118 7");
        }
    }

    @Test
    void withACertificateOfItsOwnGetsNoFurtherThanTheProof() throws IOException {
        try (Relay mallory = new Relay(herd.port("Bolden"), SelfSigned.make("Bolden"))) {
            herd.neighbour("Alford", "Bolden", mallory.port());
            startAlford();
            herd.awaitLog("Bolden", "no link from 127.0.0.1: refused: Alford does not hold the same secret as Bolden");
            herd.awaitLog("Alford", "): it refused: Alford does not hold the same secret as Bolden");
            assertThat(mallory.said()).as("it is between them").contains("HERD 2 LINK Alford Bolden ", "PROOF ")
                    .doesNotContain("\nAT ", "kiwi");
            assertThat(mallory.answered()).contains("REFUSED ").doesNotContain("WELCOME", "plum", "DIGESTS");
            assertThat(herd.status("Alford").links()).noneMatch(link -> link.up());
        }
    }

    @Test
    void whoOnlyPassesBytesOnSeesNoClient() throws IOException {
        try (Relay relay = new Relay(herd.port("Bolden"), null)) {
            herd.neighbour("Alford", "Bolden", relay.port());
            startAlford();
            herd.awaitSameStores("through the relay", 2);
            assertThat(relay.said()).isNotEmpty().doesNotContain("kiwi", "plum", "Alford", "Bolden", "HERD");
            assertThat(relay.answered()).isNotEmpty().doesNotContain("kiwi", "plum", "DIGESTS");
        }
    }

    @Test
    void whoRepeatsWhatItHasHeardIsNotUnderstood() throws IOException {
        try (Relay relay = new Relay(herd.port("Bolden"), null)) {
            herd.neighbour("Alford", "Bolden", relay.port());
            startAlford();
            herd.awaitSameStores("through the relay", 2);
            herd.stop("Alford");
            herd.dropAll("Bolden");
            try (RawClient replay = herd.connect("Bolden")) {
                replay.send(relay.firstSaid());
                Await.until("Bolden closes it", replay::isClosedByServer);
            }
            herd.awaitLog("Bolden", "no link from 127.0.0.1: the TLS handshake failed: ");
            assertThat(herd.stored("Bolden")).isEmpty();
        }
    }
}
