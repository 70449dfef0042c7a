package dev.proxyherd.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.StubPlaces;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where commands begin and end in a stream of bytes. */
class FramingTest {
    private static final String WHATSAT_ANSWER = SingleServer.AT + StubPlaces.document(1) + "\n\n";

    @TempDir
    private Path dir;

    private SingleServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SingleServer(dir, StubPlaces.giving(StubPlaces.document(1)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void clientsMayEndLinesWithCarriageReturnAndNewlineLikeTelnet() throws IOException {
        assertThat(server.answersTo("IAMAT kiwi +34-118 1400794645\r\nWHATSAT kiwi 1 1\r\nbye\r\n"))
                .isEqualTo(SingleServer.AT + WHATSAT_ANSWER + "? bye\n");
    }

    @Test
    void anyWhiteSpaceSeparatesFieldsAndSurroundsCommands() throws IOException {
        assertThat(server.answersTo(" \t IAMAT\u000b\fkiwi\r \t+34-118     1400794645 \r\f \n"))
                .isEqualTo(SingleServer.AT);
    }

    @Test
    void howACommandIsSplitIntoPacketsDoesNotMatter() throws IOException {
        String session = "\r\nIAMAT kiwi +34-118 1400794645\r\nWHATSAT kiwi 1 1\nx y \r\nWHATSAT kiwi 1 1";
        String answers = "? \n" + SingleServer.AT + WHATSAT_ANSWER + "? x y \n" + WHATSAT_ANSWER;

        for (int split = 0; split <= session.length(); split++) {
            try (RawClient client = server.connect()) {
                client.send(session.substring(0, split));
                client.send(session.substring(split));
                assertThat(client.finish()).as("split after %d bytes", split).isEqualTo(answers);
            }
        }
    }

    @Test
    void everyByteMayComeAlone() throws IOException {
        try (RawClient client = server.connect()) {
            for (char c : (SingleServer.IAMAT + "WHATSAT kiwi 1 1\n").toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.finish()).isEqualTo(SingleServer.AT + WHATSAT_ANSWER);
        }
    }

    @Nested
    class WhenTheClientHalfCloses {
        @Test
        void allThatIsPendingIsAnsweredAndThenTheServerCloses() throws IOException {
            assertThat(server.answersTo(SingleServer.IAMAT + "WHATSAT kiwi 1 1\n" + "x\n".repeat(100)))
                    .isEqualTo(SingleServer.AT + WHATSAT_ANSWER + "? x\n".repeat(100));
        }

        @Test
        void theLastLineNeedsNoEnd() throws IOException {
            assertThat(server.answersTo("x\nIAMAT kiwi +34-118 1400794645")).isEqualTo("? x\n" + SingleServer.AT);
        }

        @Test
        void aCarriageReturnWithoutNewlineBelongsToAnInvalidLine() throws IOException {
            assertThat(server.answersTo("x\r")).isEqualTo("? x\r\n");
        }

        @Test
        void nothingAfterTheLastNewlineIsNoCommand() throws IOException {
            assertThat(server.answersTo("x\n")).isEqualTo("? x\n");
            assertThat(server.answersTo("")).isEmpty();
        }
    }
}
