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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** Whoever has not proved to be a neighbour teaches a server nothing, and learns nothing from it. */
class StrangerTest {
    private static final String AT = "AT Bolden +0.000000001 kiwi +34-118 1400794645";

    private static final String OPENING =
            "HERD 2 LINK Bolden Alford " + FakeNeighbour.NONCE
                    + " abilities=resync,gone,namesake expireAfter=0 forgetKeep=0";

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
            assertThat(stranger.ask("HERD 2 LINK Bolden Alford " + FakeNeighbour.NONCE))
                    .as("a handshake that comes too late").startsWith("? HERD");
            assertThat(stranger.ask(AT)).isEqualTo("? " + AT);
        }
    }

    /** Whoever holds the secret is told; to others it is no use to ask for names. */
    private void isDenied(String name) throws IOException {
        String reason =
                name + " is no neighbour of Alford in its topology file; put the link into the files of both, or "
                        + "take it out of both";
        for (int i = 0; i < 2; i++) {
            try (FakeNeighbour stranger = new FakeNeighbour(herd.connect("Alford"))) {
                assertThat(stranger.refusal(name, "Alford", FakeNeighbour.NONCE)).isEqualTo(reason);
                Await.until("the connection is closed", stranger.connection()::isClosedByServer);
            }
            herd.awaitLog("Alford", "no link from 127.0.0.1: refused: " + reason);
        }
        herd.awaitWarning("Alford", name + " dials from 127.0.0.1:");
    }

    @Test
    void withAnUnknownNameIsRefused() throws IOException {
        isDenied("Mallory");
    }

    @Test
    void withTheNameOfAServerThatIsNoNeighbourIsRefused() throws IOException {
        isDenied("Welsh");
    }

    @Test
    void withTheServersOwnNameIsRefused() throws IOException {
        isDenied("Alford");
    }

    @Test
    void whoComesAgainAndAgainIsToldOnceThoughTheHerdIsAskedHowItIsMeanwhile() throws Exception {
        for (int i = 0; i < 3; i++) {
            isDenied("Mallory");
            herd.survey().status();
        }
        isRefused("HERD 2 LINK Bolden Welsh 00", "this is Alford, not Welsh");
        assertThat(herd.log("Alford")).containsOnlyOnce("no link from 127.0.0.1: refused: Mallory is no neighbour");
        assertThat(herd.warnings("Alford")).hasSize(1);
    }

    @Test
    void whoMeansAnotherServerIsRefused() throws IOException {
        isRefused("HERD 2 LINK Bolden Welsh 00", "this is Alford, not Welsh");
    }

    @Test
    void ofAnotherVersionIsRefusedAsThatVersionUnderstands() throws IOException {
        String mend = " of the links' language, and Alford version 2; run builds that have one in common";
        isRefused("HERD 1 LINK Bolden Alford 00 0", "the other end speaks version 1" + mend);
        isRefused("HERD 3,4 LINK whatever those versions say", "the other end speaks version 3, 4" + mend);
        isRefused("HERD 3 LINK Bolden Alford 00 a=b", "Bolden speaks version 3" + mend);
    }

    @Test
    void ofThisVersionAndANewerOneIsAnsweredInThisOne() throws IOException {
        try (FakeNeighbour newer = new FakeNeighbour(herd.connect("Alford"))) {
            newer.send(OPENING.replace("HERD 2 ", "HERD 2,3 "));
            assertThat(newer.expect(LinkMessage.Challenge.class).version()).isEqualTo(2);
        }
    }

    @Test
    void whoLacksWhatALinkNeedsIsToldWhat() throws IOException {
        String mend = " lacks what a link to Alford needs (resync, gone); run a newer build there, or the same on both";
        isRefused("HERD 2 LINK Bolden Alford 00 abilities=namesake,resync2 expireAfter=0", "Bolden" + mend);
        isRefused("HERD 2 LINK Bolden Alford 00 expireAfter=0", "Bolden" + mend);
    }

    @Test
    void whoseLocationsExpireOtherwiseOrWhoDoesNotSayIsRefused() throws IOException {
        isRefused(OPENING.replace("After=0", "After=60"),
                "locations expire after 60 s at Bolden and after 0 s at Alford (0: never); give both the same expireAfter");
        isRefused("HERD 2 LINK Bolden Alford 00 abilities=resync,gone",
                "Bolden does not say its expireAfter; run the same build on both");
    }

    @Test
    void whoKeepsInMindForAnotherTimeWhoWasForgottenOrDoesNotSayIsRefused() throws IOException {
        isRefused(OPENING.replace("Keep=0", "Keep=60"),
                "forgotten clients are kept in mind for 60 s at Bolden and for 0 s "
                        + "at Alford (0: for good); give both the same forgetKeep");
        isRefused("HERD 2 LINK Bolden Alford 00 abilities=resync,gone expireAfter=0",
                "Bolden does not say its forgetKeep; run the same build on both");
    }

    @Test
    void whoConnectsGetsNoProof() throws IOException {
        try (FakeNeighbour mallory = new FakeNeighbour(herd.connect("Alford"))) {
            mallory.send(OPENING);
            assertThat(mallory.connection().readLine())
                    .matches("HERD 2 [0-9a-f]{48} abilities=resync,gone,namesake,room expireAfter=0 forgetKeep=0");
        }
    }

    @Test
    void whoSaysAtInsteadOfAProofIsRefused() throws IOException {
        isRefused(OPENING, AT, "a proof was due");
    }

    @Test
    void whoProvesTheWrongSecretIsRefused() throws IOException {
        try (FakeNeighbour mallory = new FakeNeighbour(herd.connect("Alford"))) {
            LinkMessage.Challenge challenge = mallory.hello("Bolden", "Alford");
            isRefusedAfter(mallory, proof("0".repeat(64), FakeNeighbour.DIALLER, challenge));
        }
    }

    @Test
    void whoProvesAnotherRoleOrEndIsRefused() throws IOException {
        for (String end : List.of(FakeNeighbour.ACCEPTOR, "denial", "")) {
            try (FakeNeighbour mallory = new FakeNeighbour(herd.connect("Alford"))) {
                isRefusedAfter(mallory, proof(TestHerd.SECRET, end, mallory.hello("Bolden", "Alford")));
            }
        }
        String status = "HERD 2 STATUS Bolden Alford 00 abilities=status";
        for (String role : List.of("LINK", "CHANGE")) {
            try (FakeNeighbour mallory = new FakeNeighbour(herd.connect("Alford"))) {
                mallory.send(status);
                String challenge = mallory.connection().readLine();
                isRefusedAfter(mallory,
                        FakeNeighbour.proof(TestHerd.SECRET, role + "/2 dialler", status, challenge, ""));
            }
        }
    }

    private static String proof(String secret, String end, LinkMessage.Challenge challenge) {
        return FakeNeighbour.proof(secret, end, FakeNeighbour.helloOf("Bolden", "Alford", FakeNeighbour.NONCE),
                challenge, "");
    }

    @Test
    void whoRepeatsAnOldProofIsRefused() throws IOException {
        String overheard;
        try (FakeNeighbour bolden = new FakeNeighbour(herd.connect("Alford"))) {
            overheard = proof(TestHerd.SECRET, FakeNeighbour.DIALLER, bolden.hello("Bolden", "Alford"));
            bolden.send(new LinkMessage.Proof(overheard));
            bolden.expect(LinkMessage.Welcome.class);
        }
        try (FakeNeighbour mallory = new FakeNeighbour(herd.connect("Alford"))) {
            mallory.hello("Bolden", "Alford");
            isRefusedAfter(mallory, overheard);
        }
    }

    @Test
    void whoChangesWhatTheDiallerSaidOnItsWayIsFoundOut() throws IOException {
        try (FakeNeighbour mallory = new FakeNeighbour(herd.connect("Alford"))) {
            mallory.send(OPENING.replace(",namesake", ""));
            String challenge = mallory.connection().readLine();
            isRefusedAfter(mallory,
                    FakeNeighbour.proof(TestHerd.SECRET, "LINK/2 dialler", OPENING, challenge, ""));
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
                silent.send(OPENING.replace("Alford", "Parker") + '\n');
                Await.until("the connection is closed", silent::isClosedByServer);
            }
            impatient.awaitLog("Parker", "no link from 127.0.0.1: no handshake within ");
        }
    }
}
