package dev.proxyherd.link.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks a server gets answers to what the handshake has settled for the role, and to nothing else. */
class InquirySessionTest {
    @TempDir
    private Path dir;

    private TestHerd herd;

    @BeforeEach
    void start() throws IOException {
        herd = new TestHerd(dir, "Alford").startAll();
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    private RawClient open(String role, String abilities) throws IOException {
        RawClient asking = herd.connect("Alford");
        String hello = "HERD 2 " + role + " anybody Alford 00 " + abilities;
        String challenge = asking.ask(hello);
        String proof = FakeNeighbour.proof(TestHerd.SECRET, role + "/2 dialler", hello, challenge, "");
        assertThat(asking.ask("PROOF " + proof)).startsWith("WELCOME ");
        return asking;
    }

    @ParameterizedTest
    @ValueSource(strings = {"STATUS", "CHANGE"})
    void isAnsweredInBothRoles(String role) throws IOException {
        try (RawClient asking = open(role, "abilities=status,trace,what-is-to-come then=that")) {
            assertThat(asking.ask("STATUS? 0 0")).startsWith("{\"name\":\"Alford\"");
            assertThat(asking.ask("TRACE? kiwi")).isEqualTo("-");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE? kiwi", "CLIENTS? *", "FORGET kiwi 8.000000000",
        "AT Bolden +0.000000001 kiwi +34-118 1400794645", "DIGESTS?", "BEAT", "?"})
    void isRefusedInWordsWhatWasNotSettled(String question) throws IOException {
        try (RawClient asking = open("STATUS", "abilities=status")) {
            assertThat(asking.ask(question)).isEqualTo(
                    "REFUSED that is no question, or not one that the handshake allows in the role STATUS");
            assertThat(asking.readToEnd()).isEmpty();
        }
        assertThat(herd.stored("Alford")).isEmpty();
    }

    /** Each role lists its own abilities, so one that changes something cannot be had in the role STATUS. */
    @Test
    void listsInTheRoleStatusOnlyWhatChangesNothing() throws IOException {
        try (RawClient asking = herd.connect("Alford")) {
            assertThat(asking.ask("HERD 2 STATUS anybody Alford 00 abilities=status,trace,forget"))
                    .endsWith(" abilities=status,trace,clients");
        }
    }
}
