package dev.proxyherd.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLinesTest {
    private static final String TIME = "2026-01-31T23:59:59.123456Z";

    @TempDir
    private Path folder;

    private Path path;
    private TrafficLog log;

    @BeforeEach
    void open() throws IOException {
        path = folder.resolve("server-Alford.log");
        log = TrafficLog.open(path, LogFiles.NO_BOUND, () -> Instant.parse(TIME), "Alford", warning -> {});
    }

    private String logged() throws IOException {
        log.close();
        return Files.readString(path, ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @Test
    void tellTimeDirectionPeerAndText() throws IOException {
        LogBatch batch = log.batch("127.0.0.1:4711");
        byte[] line = bytes("##IAMAT kiwi +34-118 7##");
        batch.in(line, 2, line.length - 2);
        batch.out(line, 8, line.length - 2);
        batch.outInvalid(line, 2, 7);
        batch.flush();
        assertThat(logged()).isEqualTo(TIME + " in  127.0.0.1:4711 IAMAT kiwi +34-118 7\n"
                + TIME + " out 127.0.0.1:4711 kiwi +34-118 7\n"
                + TIME + " out 127.0.0.1:4711 ? IAMAT\n");
    }

    @Test
    void tellEventsToo() throws IOException {
        log.note("link to Welsh: open");
        assertThat(logged()).startsWith(TIME).endsWith(" -- link to Welsh: open\n").containsOnlyOnce("\n");
    }

    @Test
    void showEveryControlByteInHexadecimalAndEveryOtherByteAsItIs() throws IOException {
        for (int b = 0; b < 256; b++) {
            LogBatch batch = log.batch("p");
            batch.in(new byte[] {'<', (byte) b, '>'}, 0, 3);
            batch.flush();
        }
        String[] lines = logged().split("\n");
        assertThat(lines).hasSize(256);
        for (int b = 0; b < 256; b++) {
            boolean control = (b < 0x20 && b != '\t') || b == 0x7F;
            String shown = control ? String.format("\\x%02X", b) : String.valueOf((char) b);
            assertThat(lines[b]).as("byte %d", b).isEqualTo(TIME + " in  p <" + shown + ">");
        }
    }

    @Test
    void showControlCharactersInUtf8InHexadecimalToo() throws IOException {
        LogBatch batch = log.batch("p");
        byte[] line = "a\u0085b\u009bc\u2028d\u00fc\u20ac\u00a0\n".getBytes(UTF_8);
        batch.in(line, 0, line.length);
        batch.flush();
        assertThat(logged()).isEqualTo(TIME + " in  p a\\xC2\\x85b\\xC2\\x9Bc\\xE2\\x80\\xA8d"
                + new String("\u00fc\u20ac\u00a0".getBytes(UTF_8), ISO_8859_1) + "\\x0A\n");
    }

    @Test
    void ofTheGreatestLengthAreWhole() throws IOException {
        byte[] worst = new byte[66_560];
        LogBatch batch = log.batch("p");
        batch.in(worst, 0, worst.length);
        batch.flush();
        assertThat(logged()).isEqualTo(TIME + " in  p " + "\\x00".repeat(66_560) + "\n");
    }

    @Test
    void areHandedOverOnTheirOwnWhenManyHaveGathered() throws IOException {
        LogBatch batch = log.batch("p");
        for (int i = 0; i < 1_000; i++) {
            batch.note("line " + i);
        }
        assertThat(logged()).as("without a flush").contains(" -- line 0\n").contains(" -- line 300\n");
    }

    @Test
    void areAddedToThoseOfFormerRuns() throws IOException {
        log.note("first run");
        log.close();
        log = TrafficLog.open(path, LogFiles.NO_BOUND, () -> Instant.parse(TIME), "Alford", warning -> {});
        log.note("second run");
        assertThat(logged()).containsSubsequence(" -- first run\n", " -- second run\n");
    }
}
