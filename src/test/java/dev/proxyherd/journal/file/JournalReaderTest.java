package dev.proxyherd.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every whole record is read, whatever lies between them, and what that is and where is said. */
class JournalReaderTest {
    private static final int BUFFER = 1024 * 1024;
    private static final long ARRIVED = 42;

    @TempDir
    private Path dir;

    private final JournalBytes journal = new JournalBytes();
    private final List<String> clients = new ArrayList<>();
    private final List<String> damage = new ArrayList<>();

    /** Reads all of it; gives how many parts that took. */
    private int read(long length) throws IOException {
        try (FileChannel file = journal.open(dir)) {
            JournalReader reader = new JournalReader(file, length, ARRIVED);
            int parts = 0;
            while (reader.readSome(location -> {
                clients.add(location.client());
                assertThat(location.arrivedNanos()).isEqualTo(ARRIVED);
            }, (from, to, blank) -> damage.add(from + " to " + to + (blank ? ", blank" : "")))) {
                parts++;
                assertThat(reader.records()).isEqualTo(clients.size());
            }
            return parts;
        }
    }

    private void read() throws IOException {
        read(journal.size());
    }

    private static String span(int from, int to) {
        return from + " to " + to;
    }

    @Nested
    class Records {
        @Test
        void areReadInTheirOrder() throws IOException {
            journal.then(JournalBytes.record("kiwi")).then(JournalBytes.record("emu"))
                    .then(JournalBytes.record("kiwi"));
            read();
            assertThat(clients).containsExactly("kiwi", "emu", "kiwi");
            assertThat(damage).isEmpty();
        }

        @Test
        void areNoneInAnEmptyFile() throws IOException {
            assertThat(read(0)).isZero();
            assertThat(clients).isEmpty();
            assertThat(damage).isEmpty();
        }

        @Test
        void areReadUpToTheLengthThatIsToBeRead() throws IOException {
            int length = journal.then(JournalBytes.record("kiwi")).size();
            journal.then(JournalBytes.record("emu"));
            read(length);
            assertThat(clients).containsExactly("kiwi");
            assertThat(damage).isEmpty();
        }

        @Test
        void areReadUpToTheEndOfAFileThatBecameShorter() throws IOException {
            journal.then(JournalBytes.record("kiwi"));
            read(journal.size() + 100);
            assertThat(clients).containsExactly("kiwi");
            assertThat(damage).isEmpty();
        }

        @Test
        void areReadPartByPartAndWholeWhereverAPartEnds() throws IOException {
            int each = 60_000;
            List<String> names = IntStream.range(0, 40).mapToObj(i -> "c" + i).toList();
            names.forEach(name -> journal.then(JournalBytes.record(name, each)));
            assertThat(read(journal.size())).as("parts").isBetween(3, 5);
            assertThat(clients).isEqualTo(names);
            assertThat(damage).isEmpty();
        }
    }

    @Nested
    class Damage {
        @Test
        void isPassedOver() throws IOException {
            int from = journal.then(JournalBytes.record("kiwi")).size();
            int to = journal.then("no record\n").size();
            journal.then(JournalBytes.record("emu"));
            read();
            assertThat(clients).containsExactly("kiwi", "emu");
            assertThat(damage).containsExactly(span(from, to));
        }

        @Test
        void isOneForLinesNextToEachOther() throws IOException {
            int first = journal.then("one\ntwo\n\nfour\n").size();
            int second = journal.then(JournalBytes.record("kiwi")).size();
            int end = journal.then("five\n").then("si").size();
            read();
            assertThat(clients).containsExactly("kiwi");
            assertThat(damage).containsExactly(span(0, first), span(second, end));
        }

        @Test
        void isARecordWithoutItsLineEnd() throws IOException {
            int from = journal.then(JournalBytes.record("kiwi")).size();
            byte[] record = JournalBytes.record("emu");
            journal.then(record);
            read(journal.size() - 1);
            assertThat(clients).containsExactly("kiwi");
            assertThat(damage).containsExactly(span(from, from + record.length - 1));
        }

        @Test
        void takesTheNextRecordWithItWhereALineEndIsMissing() throws IOException {
            int to = journal.then("no record").then(JournalBytes.record("kiwi")).size();
            journal.then(JournalBytes.record("emu"));
            read();
            assertThat(clients).containsExactly("emu");
            assertThat(damage).containsExactly(span(0, to));
        }

        @Test
        void isBlankIfItIsZerosAndLineEndsOnly() throws IOException {
            int to = journal.then("\0\0\n\0\n\n").size();
            int from = journal.then(JournalBytes.record("kiwi")).size();
            int end = journal.then(5000, '\0').size();
            read();
            assertThat(clients).containsExactly("kiwi");
            assertThat(damage).containsExactly(span(0, to) + ", blank", span(from, end) + ", blank");
        }

        @Test
        void isNotBlankWithAnythingElse() throws IOException {
            int to = journal.then("\0\n\0x\0\n\0\n").size();
            int from = journal.then(JournalBytes.record("kiwi")).size();
            int end = journal.then("\0\n\0y").size();
            read();
            assertThat(damage).containsExactly(span(0, to), span(from, end));
        }

        @Test
        void isOneThoughItBeLongerThanAPart() throws IOException {
            int from = journal.then(JournalBytes.record("kiwi")).size();
            int to = journal.then(3 * BUFFER, 'x').then("\n").size();
            journal.then(JournalBytes.record("emu"));
            read();
            assertThat(clients).containsExactly("kiwi", "emu");
            assertThat(damage).containsExactly(span(from, to));
        }

        @Test
        void isBlankThoughItBeLongerThanAPart() throws IOException {
            int to = journal.then(2 * BUFFER + 1, '\0').then("\n").size();
            journal.then(JournalBytes.record("emu"));
            read();
            assertThat(clients).containsExactly("emu");
            assertThat(damage).containsExactly(span(0, to) + ", blank");
        }

        @Test
        void mayFillExactlyTheWholeOfAPart() throws IOException {
            journal.then(BUFFER, 'x');
            read();
            assertThat(damage).containsExactly(span(0, BUFFER));
        }
    }
}
