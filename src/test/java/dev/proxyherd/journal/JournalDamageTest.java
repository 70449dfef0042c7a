package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage in the middle of a journal is reported with its offset and skipped; the rest is known again. */
class JournalDamageTest {
    private static final int RECORDS = 9;

    @TempDir
    private Path dir;

    private Path path;
    private byte[] whole;

    /** Where records start, and at last where the file ends. */
    private final List<Integer> starts = new ArrayList<>();

    @BeforeEach
    void writeARecordForEachClient() throws IOException {
        path = dir.resolve("journal");
        try (KeptStore kept = KeptStore.open(path)) {
            for (int i = 0; i < RECORDS; i++) {
                starts.add((int) kept.bytes());
                kept.take(KeptStore.at("c" + i, i)).round();
            }
            starts.add((int) kept.bytes());
        }
        whole = Files.readAllBytes(path);
    }

    /** The clients of all records but these. */
    private static Set<String> allBut(int... lost) {
        Set<String> clients = new TreeSet<>();
        for (int i = 0; i < RECORDS; i++) {
            clients.add("c" + i);
        }
        Arrays.stream(lost).forEach(i -> clients.remove("c" + i));
        return clients;
    }

    private void isSkipped(String what, byte[] damaged, int offset, Set<String> known) throws IOException {
        Files.write(path, damaged);
        try (KeptStore kept = KeptStore.open(path)) {
            assertThat(kept.content().keySet()).as("known after " + what).isEqualTo(known);
            assertThat(kept.notes()).as("notes after " + what).hasSize(2).first().asString()
                    .contains("at offset " + offset + " are damaged and were skipped");
            kept.take(KeptStore.at("later", 1)).round();
        }
        assertThat(KeptStore.replayed(path)).as("known at the next start after " + what).hasSize(known.size() + 1)
                .containsKey("later");
    }

    @Nested
    class OfOneRecord {
        @Test
        void inAnyOfItsBytesCostsThatRecordOnly() throws IOException {
            for (int i = starts.get(4); i < starts.get(5) - 1; i++) {
                byte[] damaged = whole.clone();
                damaged[i] ^= 1;
                isSkipped("a changed byte at " + i, damaged, starts.get(4), allBut(4));
            }
        }

        @Test
        void inItsLineFeedCostsItAndTheNext() throws IOException {
            byte[] damaged = whole.clone();
            damaged[starts.get(5) - 1] = ' ';
            isSkipped("a missing LF", damaged, starts.get(4), allBut(4, 5));
        }

        @Test
        void thatIsTheFirstCostsThatRecordOnly() throws IOException {
            byte[] damaged = whole.clone();
            Arrays.fill(damaged, 0, starts.get(1) - 1, (byte) 0);
            isSkipped("zeros at the start", damaged, 0, allBut(0));
        }
    }

    @Nested
    class OfALongerPart {
        @Test
        void byZerosCostsTheRecordsItTouches() throws IOException {
            byte[] damaged = whole.clone();
            Arrays.fill(damaged, starts.get(2) + 5, starts.get(6) + 5, (byte) 0);
            isSkipped("zeros", damaged, starts.get(2), allBut(2, 3, 4, 5, 6));
        }

        @Test
        void byALineLongerThanAnyBufferCostsNoRecord() throws IOException {
            ByteArrayOutputStream damaged = new ByteArrayOutputStream();
            damaged.write(whole, 0, starts.get(3));
            damaged.writeBytes("x".repeat(3_000_000).getBytes(StandardCharsets.US_ASCII));
            damaged.write('\n');
            damaged.write(whole, starts.get(3), whole.length - starts.get(3));
            isSkipped("a huge line", damaged.toByteArray(), starts.get(3), allBut());
        }

        @Test
        void byLinesThatAreNoRecordsIsOnePlace() throws IOException {
            ByteArrayOutputStream damaged = new ByteArrayOutputStream();
            damaged.write(whole, 0, starts.get(3));
            damaged.writeBytes("\n\n00000000 \n00000000 AT kiwi\nhello\n".getBytes(StandardCharsets.US_ASCII));
            damaged.write(whole, starts.get(3), whole.length - starts.get(3));
            isSkipped("other lines", damaged.toByteArray(), starts.get(3), allBut());
        }

        @Test
        void byRandomBytesCostsTheRecordsItTouches() throws IOException {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (int i = 0; i < 300; i++) {
                int first = 1 + random.nextInt(RECORDS - 3);
                int from = starts.get(first) + random.nextInt(starts.get(first + 1) - starts.get(first) - 1);
                byte[] noise = new byte[1 + random.nextInt(starts.get(RECORDS - 1) - from - 1)];
                random.nextBytes(noise);
                byte[] damaged = whole.clone();
                System.arraycopy(noise, 0, damaged, from, noise.length);
                if (Arrays.equals(damaged, whole)) {
                    continue;
                }
                Files.write(path, damaged);
                try (KeptStore kept = KeptStore.open(path)) {
                    int end = from + noise.length;
                    for (int record = 0; record < RECORDS; record++) {
                        boolean before = starts.get(record + 1) <= from;
                        boolean after = record > 0 && starts.get(record) > end;
                        if (before || after) {
                            assertThat(kept.store.find("c" + record))
                                    .as("record %d, which %d bytes of noise at %d do not touch (seed %d)",
                                            record, noise.length, from, seed)
                                    .isNotNull();
                        }
                    }
                    assertThat(allBut()).as("clients known (seed %d)", seed).containsAll(kept.content().keySet());
                }
            }
        }
    }
}
