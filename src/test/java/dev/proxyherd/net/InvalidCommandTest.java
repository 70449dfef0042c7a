package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no command is answered with a question mark and a copy, and costs nothing else. */
class InvalidCommandTest {
    @TempDir
    private Path dir;

    private SingleServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SingleServer(dir, StubPlaces.giving(StubPlaces.document(0)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"WHATSIT kiwi", "iamat kiwi +34-118 1", "IAMAT", "IAMAT kiwi 34-118 1",
        "IAMAT kiwi +34-118",
        "IAMAT kiwi +34-118 1 2", "IAMAT kiwi +91-118 1", "IAMAT kiwi +34-180.1 1", "IAMAT kiwi +34-118 -1",
        "IAMAT kiwi +34-118 NaN", "IAMAT kiwi +34-118 9223372035.1", "? kiwi", "AT Alford +1.000000000 kiwi +34-118 1",
        "BEAT", "WELCOME", "PROOF 00", "HERD", "QUIT", "  spaces \t kept  "})
    void isAnsweredWithAnExactCopy(String line) throws IOException {
        assertThat(server.answersTo(line + '\n')).isEqualTo("? " + line + '\n');
        assertThat(server.herd().stored("Alford")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HERD up", "HERD 2 LINK Bolden", "HERD is no name of a link"})
    void isAnsweredEvenIfItBeginsLikeANeighbour(String line) throws IOException {
        assertThat(server.answersTo(line + '\n' + SingleServer.IAMAT)).isEqualTo("? " + line + '\n' + SingleServer.AT);
    }

    @Test
    void leavesTheConnectionUsable() throws IOException {
        try (RawClient client = server.connect()) {
            assertThat(client.ask("WHATSIT kiwi")).isEqualTo("? WHATSIT kiwi");
            assertThat(client.ask("IAMAT kiwi +34-118 1400794645") + '\n').isEqualTo(SingleServer.AT);
            assertThat(client.ask("kiwi")).isEqualTo("? kiwi");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t \f\u000b"})
    void mayBeABlankLine(String blank) throws IOException {
        assertThat(server.answersTo(blank + '\n' + SingleServer.IAMAT))
                .isEqualTo("? " + blank + '\n' + SingleServer.AT);
    }

    @Test
    void losesOneCarriageReturnBeforeItsEndAndNoMore() throws IOException {
        assertThat(server.answersTo("a\r\n\r\nb\r\r\nc\rd\n")).isEqualTo("? a\n? \n? b\r\n? c\rd\n");
    }

    @Test
    void mayBeAnyBytes() throws IOException {
        long seed = System.nanoTime();
        byte[] garbage = new byte[64 * 1024];
        new Random(seed).nextBytes(garbage);
        StringBuilder expected = new StringBuilder();
        String sent = new String(garbage, StandardCharsets.ISO_8859_1);
        for (String line : sent.split("\n", -1)) {
            String withoutCarriageReturn = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            expected.append("? ").append(withoutCarriageReturn).append('\n');
        }

        assertThat(server.answersTo(sent + '\n')).as("seed " + seed).isEqualTo(expected.toString());
        assertThat(server.answersTo(SingleServer.IAMAT)).isEqualTo(SingleServer.AT);
    }
}
