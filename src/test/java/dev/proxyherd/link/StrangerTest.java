package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** Whoever has not proved to be a neighbour teaches a server nothing, and learns nothing from it. */
class StrangerTest {
    private static final String AT = "AT Bolden +0.000000001 kiwi +34-118 1400794645";

    @TempDir
    private Path dir;

    private TestHerd herd;

    @BeforeEach
    void start() throws IOException {
        herd = new TestHerd(dir, "Alford", "Bolden", "Welsh").link("Alford", "Bolden");
        herd.start("Alford");
    }

    @AfterEach
    void stop() {
        assertThat(herd.stored("Alford")).isEmpty();
        herd.close();
    }

    /** Sends an opening; expects this refusal and the end, and the same in the log. */
    private void isRefused(String opening, String reason) throws IOException {
        try (RawClient stranger = herd.connect("Alford")) {
            stranger.send(opening + '\n');
            assertThat(stranger.readLine()).isEqualTo("REFUSED " + reason);
            assertThat(stranger.readToEnd()).isEmpty();
        }
        herd.awaitLog("Alford", "no link from 127.0.0.1: refused: " + reason);
    }

    @Test
    void sayingAtGetsAQuestionMark() throws IOException {
        try (RawClient stranger = herd.connect("Alford")) {
            assertThat(stranger.ask(AT)).isEqualTo("? " + AT);
        }
    }

    @Test
    void sayingAtAfterAnOrdinaryCommandGetsAQuestionMark() throws IOException {
        try (RawClient stranger = herd.connect("Alford")) {
            stranger.ask("hello");
            assertThat(stranger.ask("HERD 1 LINK Bolden Alford " + FakeNeighbour.NONCE + " 0"))
                    .as("a handshake that comes too late").startsWith("? HERD");
            assertThat(stranger.ask(AT)).isEqualTo("? " + AT);
        }
    }

    @Test
    void withAnUnknownNameIsRefused() throws IOException {
        isRefused("HERD 1 LINK Mallory Alford 00 0", "Mallory is no neighbour of Alford in its topology file");
    }

    @Test
    void withTheNameOfAServerThatIsNoNeighbourIsRefused() throws IOException {
        isRefused("HERD 1 LINK Welsh Alford 00 0", "Welsh is no neighbour of Alford in its topology file");
    }

    @Test
    void withTheServersOwnNameIsRefused() throws IOException {
        isRefused("HERD 1 LINK Alford Alford 00 0", "Alford is no neighbour of Alford in its topology file");
    }

    @Test
    void whoComesAgainAndAgainIsLoggedOnceThoughTheHerdIsAskedHowItIsMeanwhile() throws Exception {
        for (int i = 0; i < 3; i++) {
            isRefused("HERD 1 LINK Mallory Alford 00 0", "Mallory is no neighbour of Alford in its topology file");
            herd.survey().status();
        }
        isRefused("HERD 1 LINK Bolden Welsh 00 0", "this is Alford, not Welsh");
        assertThat(herd.log("Alford")).containsOnlyOnce("Mallory is no neighbour");
    }

    @Test
    void whoMeansAnotherServerIsRefused() throws IOException {
        isRefused("HERD 1 LINK Bolden Welsh 00 0", "this is Alford, not Welsh");
    }

    @Test
    void ofAnotherVersionIsRefused() throws IOException {
        String reason = "version 2 of the link protocol is not spoken here, 1 is";
        isRefused("HERD 2 LINK Bolden Alford 00 0", reason);
        isRefused("HERD 2 LINK whatever that version says", reason);
    }

    @Test
    void whoSaysAtInsteadOfAProofIsRefused() throws IOException {
        isRefused("HERD 1 LINK Bolden Alford 00 0", AT, "a proof was due");
    }

    @Test
    void whoProvesTheWrongSecretIsRefused() throws IOException {
        try (FakeNeighbour mallory = new FakeNeighbour(herd.connect("Alford"))) {
            String nonce = mallory.hello("Bolden", "Alford").nonce();
            String proof = FakeNeighbour.proof("another secret, a wrong one", FakeNeighbour.DIALLER,
                    "Bolden", "Alford", FakeNeighbour.NONCE, nonce);
            isRefusedAfter(mallory, proof);
        }
    }

    @Test
    void whoRepeatsAnOldProofIsRefused() throws IOException {
        String overheard;
        try (FakeNeighbour bolden = new FakeNeighbour(herd.connect("Alford"))) {
            String nonce = bolden.hello("Bolden", "Alford").nonce();
            overheard = FakeNeighbour.proof(TestHerd.SECRET, FakeNeighbour.DIALLER,
                    "Bolden", "Alford", FakeNeighbour.NONCE, nonce);
            bolden.send(new LinkMessage.Proof(overheard));
            bolden.expect(LinkMessage.Welcome.class);
        }
        try (FakeNeighbour mallory = new FakeNeighbour(herd.connect("Alford"))) {
            mallory.hello("Bolden", "Alford");
            isRefusedAfter(mallory, overheard);
        }
    }

    @Test
    void whoSendsTheServersOwnProofBackIsRefused() throws IOException {
        try (FakeNeighbour mallory = new FakeNeighbour(herd.connect("Alford"))) {
            isRefusedAfter(mallory, mallory.hello("Bolden", "Alford").proof());
        }
    }

    private void isRefusedAfter(FakeNeighbour mallory, String proof) throws IOException {
        mallory.send(new LinkMessage.Proof(proof));
        mallory.send(AT);
        assertThat(mallory.readLine()).isEqualTo("REFUSED Bolden does not hold the same secret as Alford");
        Await.until("the connection is closed", mallory.connection()::isClosedByServer);
    }

    private void isRefused(String opening, String second, String reason) throws IOException {
        try (FakeNeighbour stranger = new FakeNeighbour(herd.connect("Alford"))) {
            stranger.send(opening);
            stranger.expect(LinkMessage.Challenge.class);
            stranger.send(second);
            assertThat(stranger.readLine()).isEqualTo("REFUSED " + reason);
            Await.until("the connection is closed", stranger.connection()::isClosedByServer);
        }
    }

    @Test
    @Execution(CONCURRENT)
    void whoNeverGoesOnIsClosedAndNamedInTheLog() throws IOException {
        try (TestHerd impatient = new TestHerd(dir, "Parker", "Bolden").link("Parker", "Bolden")
                .timing(TestSettings.timing(Duration.ofSeconds(15), Duration.ofSeconds(1)))) {
            impatient.start("Parker");
            try (RawClient silent = impatient.connect("Parker")) {
                silent.send("HERD 1 LINK Bolden Parker " + FakeNeighbour.NONCE + " 0\n");
                Await.until("the connection is closed", silent::isClosedByServer);
            }
            impatient.awaitLog("Parker", "no link from 127.0.0.1: no handshake within ");
        }
    }
}
