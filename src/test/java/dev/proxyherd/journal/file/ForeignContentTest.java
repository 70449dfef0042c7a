package dev.proxyherd.journal.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.JournalDiskTest;
import dev.proxyherd.journal.KeptStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not understood is never erased: it stays in a file of its own, whole, and a warning says how to go on. */
class ForeignContentTest {
    private static final int RECORDS = 9;
    private static final Pattern COMMAND = Pattern.compile("run (.+ >> \\S+), and start");

    @TempDir
    private Path dir;

    private Path path;
    private byte[] whole;

    @BeforeEach
    void writeARecordForEachClient() throws IOException {
        path = dir.resolve("journal");
        try (KeptStore kept = KeptStore.open(path)) {
            for (int i = 0; i < RECORDS; i++) {
                kept.take(KeptStore.at("c" + i, i)).round();
            }
        }
        whole = Files.readAllBytes(path);
    }

    /** Starts a server on these bytes, lets it hear of a client, and stops it; returns what it warned of. */
    private String startOn(byte[] bytes) throws IOException {
        Files.write(path, bytes);
        try (KeptStore kept = KeptStore.open(path)) {
            kept.take(KeptStore.at("later", 1)).round();
            while (kept.isRewriting()) {
                kept.round();
            }
            return String.join("\n", kept.notes());
        }
    }

    private void isKeptWhole(byte[] bytes) throws IOException {
        assertThat(Files.readAllBytes(JournalDiskTest.asideOf(dir))).as("what was set aside").isEqualTo(bytes);
    }

    @Nested
    class AFileWithoutARecord {
        private void isSetAside(byte[] bytes) throws IOException {
            assertThat(startOn(bytes)).contains("no record in " + path, JournalDiskTest.asideOf(dir).toString());
            isKeptWhole(bytes);
            assertThat(KeptStore.replayed(path)).containsOnlyKeys("later");
        }

        private void isRepairedByTheCommandOf(String warning) throws Exception {
            Matcher command = COMMAND.matcher(warning);
            assertThat(command.find()).as("a command in: " + warning).isTrue();
            assertThat(new ProcessBuilder("sh", "-c", command.group(1)).inheritIO().start().waitFor()).isZero();
            assertThat(KeptStore.replayed(path)).hasSize(RECORDS + 1).containsKeys("later", "c0");
        }

        @Test
        void ofAnotherFormatIsSetAside() throws IOException {
            isSetAside("{\"version\": 7}\n{\"client\": \"kiwi\"}\n".getBytes(US_ASCII));
        }

        @Test
        void ofOneLineOfAnotherFormatIsSetAside() throws IOException {
            isSetAside("deadbeef AT2 kiwi +1+1 9\n".getBytes(US_ASCII));
        }

        @Test
        void thatIsLargeIsSetAsideToo() throws IOException {
            byte[] noise = new byte[3_000_000];
            new Random(1).nextBytes(noise);
            isSetAside(noise);
        }

        @Test
        void whoseLinesEndInCrLfIsSetAsideAndNamed() throws Exception {
            byte[] crlf = new String(whole, ISO_8859_1).replace("\n", "\r\n").getBytes(ISO_8859_1);
            String warning = startOn(crlf);
            assertThat(warning).contains("CR LF");
            isKeptWhole(crlf);
            isRepairedByTheCommandOf(warning);
        }

        @Test
        void thatIsCompressedIsSetAsideAndNamed() throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(whole);
            }
            String warning = startOn(bytes.toByteArray());
            assertThat(warning).contains("gzip");
            isKeptWhole(bytes.toByteArray());
            isRepairedByTheCommandOf(warning);
        }
    }

    @Nested
    class AFileWithRecords {
        private byte[] with(int at, byte[] other) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(whole, 0, at);
            bytes.writeBytes(other);
            bytes.write(whole, at, whole.length - at);
            return bytes.toByteArray();
        }

        private void isKept(byte[] bytes) throws IOException {
            assertThat(startOn(bytes)).contains("kept whole as", "stop this server");
            byte[] aside = Files.readAllBytes(JournalDiskTest.asideOf(dir));
            assertThat(aside).as("what was set aside").startsWith(bytes);
            assertThat(KeptStore.replayed(path)).hasSize(RECORDS + 1).containsKey("later");
            assertThat(Files.readString(path)).doesNotContain("hello");
        }

        @Test
        void andSomethingElseAtTheEndIsKept() throws IOException {
            isKept(with(whole.length, "hello\n".getBytes(US_ASCII)));
        }

        @Test
        void andBytesWithoutSenseAtTheEndIsKept() throws IOException {
            isKept(with(whole.length, new byte[] {(byte) 0x1f, (byte) 0x8b, 8, 0, 9, 9, 9}));
        }

        @Test
        void andSomethingElseInTheMiddleIsKept() throws IOException {
            isKept(with(new String(whole, ISO_8859_1).indexOf('\n') + 1, "hello\n".getBytes(US_ASCII)));
        }

        @Test
        void andZerosInTheMiddleIsNot() throws IOException {
            byte[] zeros = new byte[5000];
            zeros[zeros.length - 1] = '\n';
            byte[] holed = with(new String(whole, ISO_8859_1).indexOf('\n') + 1, zeros);
            startOn(holed);
            try (Stream<Path> files = Files.list(dir)) {
                assertThat(files).containsExactly(path);
            }
        }
    }
}
