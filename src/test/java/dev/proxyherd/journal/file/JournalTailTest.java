package dev.proxyherd.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what a crash leaves is cut; where the tail is anything else, it is left, and said whether it is a journal's. */
class JournalTailTest {
    private static final int REACH = 1024 * 1024;

    @TempDir
    private Path dir;

    private final JournalBytes journal = new JournalBytes().then(JournalBytes.record("kiwi"))
            .then(JournalBytes.record("emu"));

    private JournalTail tail(JournalBytes bytes) throws IOException {
        try (FileChannel file = bytes.open(dir)) {
            return JournalTail.of(file);
        }
    }

    private static JournalTail whole(JournalBytes bytes) {
        return new JournalTail(bytes.size(), 0, false, false);
    }

    private static JournalTail cutAt(int end, JournalBytes bytes) {
        return new JournalTail(end, bytes.size() - end, false, false);
    }

    @Nested
    class IsKept {
        @Test
        void whereItIsARecord() throws IOException {
            assertThat(tail(journal)).isEqualTo(whole(journal));
            JournalBytes one = new JournalBytes().then(JournalBytes.record("kiwi"));
            assertThat(tail(one)).isEqualTo(whole(one));
            assertThat(tail(new JournalBytes())).isEqualTo(whole(new JournalBytes()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"hello\n", "00000000 AT Alford\n", "\0\0x\n", "00000000 AT\0Alford\n"})
        void whereItIsALineOfSomethingElse(String other) throws IOException {
            assertThat(tail(journal.then(other))).isEqualTo(whole(journal));
        }

        @Test
        void withALineEndToBeAddedWhereItIsSomethingElseWithout() throws IOException {
            assertThat(tail(journal.then("hello"))).isEqualTo(new JournalTail(journal.size(), 0, true, false));
        }

        @Test
        void whereNoRecordIsWithinReach() throws IOException {
            assertThat(tail(journal.then(REACH, '\0'))).isEqualTo(new JournalTail(journal.size(), 0, true, false));
            journal.then(REACH, 'x').then("\n");
            assertThat(tail(journal)).as("a record lies before").isEqualTo(whole(journal));
            JournalBytes between = new JournalBytes().then(2 * REACH, 'x').then("\n").then(JournalBytes.record("kiwi"))
                    .then(REACH, 'x').then("\n");
            assertThat(tail(between)).as("a record lies in the middle").isEqualTo(whole(between));
        }
    }

    @Nested
    class IsCut {
        @Test
        void whereARecordIsUnfinished() throws IOException {
            int end = journal.size();
            byte[] record = JournalBytes.record("moa");
            journal.then(record);
            for (int size = end + 1; size < end + record.length; size++) {
                JournalBytes cut = journal.cut(size);
                assertThat(tail(cut)).isEqualTo(cutAt(end, cut));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"\0", "\0\0\0\0", "\0\n\0", "\n", "00000000 AT\0\0\0"})
        void whereAFileSystemLeftZeros(String zeros) throws IOException {
            int end = journal.size();
            assertThat(tail(journal.then(zeros))).isEqualTo(cutAt(end, journal));
        }

        @Test
        void toNothingWhereTheFirstRecordIsUnfinished() throws IOException {
            JournalBytes first = journal.cut(20);
            assertThat(tail(first)).isEqualTo(cutAt(0, first));
            JournalBytes zeros = new JournalBytes().then(5000, '\0');
            assertThat(tail(zeros)).isEqualTo(cutAt(0, zeros));
        }

        @Test
        void inALargeFileWhereItIs() throws IOException {
            for (int i = 0; i < 20; i++) {
                journal.then(JournalBytes.record("moa", 60_000));
            }
            int end = journal.size();
            assertThat(end).isGreaterThan(REACH);
            assertThat(tail(journal)).isEqualTo(whole(journal));
            assertThat(tail(journal.then("0000"))).isEqualTo(cutAt(end, journal));
        }
    }

    @Nested
    class OfAForeignFile {
        private void isForeign(JournalBytes bytes, boolean lacksLf) throws IOException {
            assertThat(tail(bytes)).isEqualTo(new JournalTail(bytes.size(), 0, lacksLf, true));
        }

        @Test
        void isKeptWithAllTheRest() throws IOException {
            isForeign(new JournalBytes().then("{\"version\": 7}\n"), false);
            isForeign(new JournalBytes().then("{\"version\": 7}"), true);
            isForeign(new JournalBytes().then("\0\0x\n"), false);
        }

        @Test
        void isKeptThoughItBeLarge() throws IOException {
            byte[] noise = new byte[REACH + 100];
            new Random(1).nextBytes(noise);
            isForeign(new JournalBytes().then(noise).then("\n"), false);
        }

        @Test
        void isNamedByWhatItBeginsWith() throws IOException {
            JournalBytes lines = new JournalBytes().then("a\r\n").then(2 * REACH, 'x');
            try (FileChannel file = lines.open(dir)) {
                assertThat(JournalTail.foreignContent(file).words()).contains("CR LF");
            }
            JournalBytes zip = new JournalBytes().then("\u001f\u008b");
            try (FileChannel file = zip.open(dir)) {
                assertThat(JournalTail.foreignContent(file).words()).contains("gzip");
            }
        }
    }
}
