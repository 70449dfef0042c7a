package dev.proxyherd.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.LineReader.Kind;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What a connection's read buffer costs. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class LineBufferTest {
    private static final int LIMIT = 8192;

    private SocketPair pair;
    private LineReader reader;

    @BeforeEach
    void connect() throws IOException {
        pair = new SocketPair();
        reader = new LineReader(pair.watched, LIMIT);
    }

    @AfterEach
    void disconnect() throws IOException {
        pair.close();
    }

    private void read(String line) throws IOException {
        pair.say(line + '\n');
        assertThat(reader.next()).isEqualTo(Kind.LINE);
        assertThat(new String(reader.buffer(), reader.start(), reader.end() - reader.start(), ISO_8859_1))
                .isEqualTo(line);
    }

    @Test
    void is512BytesWhileLinesAreShort() throws IOException {
        assertThat(reader.buffer()).hasSize(512);
        for (int i = 0; i < 1_000; i++) {
            read("IAMAT kiwi +34.068930-118.445127 " + i);
            assertThat(reader.buffer()).hasSize(512);
        }
    }

    @Test
    void growsToTheLineLimitAndNotBeyond() throws IOException {
        read("x".repeat(LIMIT));
        assertThat(reader.buffer()).hasSizeLessThanOrEqualTo(LIMIT + 1);
        pair.sayLast("x".repeat(1 << 20).getBytes(ISO_8859_1));
        assertThat(reader.next()).isEqualTo(Kind.TOO_LONG);
        assertThat(reader.buffer()).hasSizeLessThanOrEqualTo(LIMIT + 1);
    }

    @Test
    void staysWithinTheLimitUnderAFloodOfLines() throws IOException {
        int lines = 20_000;
        pair.sayLast("IAMAT kiwi +34.068930-118.445127 1400794645\n".repeat(lines).getBytes(ISO_8859_1));
        for (int i = 0; i < lines; i++) {
            assertThat(reader.next()).isEqualTo(Kind.LINE);
            if (reader.buffer().length > LIMIT + 1) {
                assertThat(reader.buffer()).as("line %d", i).hasSizeLessThanOrEqualTo(LIMIT + 1);
            }
        }
        assertThat(reader.next()).isEqualTo(Kind.END);
    }

    @Test
    void shrinksAgainWhileLinesAreShort() throws IOException {
        read("x".repeat(LIMIT));
        assertThat(reader.buffer()).hasSizeGreaterThan(LIMIT - 1);
        for (int i = 0; i < 10; i++) {
            read("short");
        }
        assertThat(reader.buffer()).hasSize(512);
    }

    @Test
    void growsFurtherOnceTheLimitIsRaised() throws IOException {
        read("IAMAT kiwi +34-118 7");
        pair.say("HERD\n" + "x".repeat(60));
        reader.next();
        reader.limitLines(66_560);
        pair.say("y".repeat(66_500) + "\nBEAT\n");
        assertThat(reader.next()).isEqualTo(Kind.LINE);
        assertThat(reader.end() - reader.start()).isEqualTo(66_560);
        assertThat(reader.buffer()).hasSizeLessThanOrEqualTo(66_561);
        assertThat(reader.next()).isEqualTo(Kind.LINE);
        pair.say("z".repeat(66_561));
        assertThat(reader.next()).isEqualTo(Kind.TOO_LONG);
    }
}
