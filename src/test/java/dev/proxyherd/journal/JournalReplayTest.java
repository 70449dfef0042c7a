package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is reported while a journal is being replayed is in it at once, though the replay takes several reads. */
class JournalReplayTest {
    /** Some three megabytes of records: three reads at least. */
    private static final int CLIENTS = 40_000;

    private static final int READS = 3;

    @TempDir
    private Path dir;

    private Path path;

    @BeforeEach
    void keepManyClients() {
        path = dir.resolve("journal");
        try (KeptStore kept = KeptStore.open(path)) {
            for (int i = 0; i < CLIENTS; i++) {
                kept.take(KeptStore.at("c" + i, 1));
            }
            kept.round();
        }
    }

    private void append(String text) throws IOException {
        Files.writeString(path, text, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
    }

    /** Replays while a new client reports between any two reads; returns how often that was. */
    private static int replayWithReports(KeptStore kept, Runnable afterEach) {
        AtomicInteger reports = new AtomicInteger();
        kept.writer.replay(() -> {
            kept.take(KeptStore.at("meanwhile-" + reports.getAndIncrement(), 2)).round();
            afterEach.run();
            return true;
        });
        return reports.get();
    }

    private Path copyOfNow(int number) {
        try {
            return Files.copy(path, dir.resolve("crashed-" + number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Memory that runs out says nothing against the file. */
    @Test
    void thatLacksMemoryLeavesTheFileAsItIs() throws IOException {
        try (KeptStore kept = KeptStore.unopened(path)) {
            kept.writer.replay(() -> {
                throw new OutOfMemoryError("by the test");
            });
            kept.take(KeptStore.at("meanwhile", 2)).round().round();
            kept.writer.finish(Duration.ofSeconds(1));
            assertThat(kept.notes()).singleElement().asString().contains("ended early", "by the test");
            assertThat(kept.failure()).as("what the status tells").contains("ended early");
        }
        assertThat(dir).isDirectoryNotContaining("glob:**/*unreadable*");
        assertThat(KeptStore.replayed(path)).hasSize(CLIENTS + 1).containsKey("meanwhile");
    }

    @Test
    void thatLacksMemoryFromTheStartWritesOverNothing() {
        FaultyDisk disk = new FaultyDisk();
        disk.lacksMemory = true;
        try (KeptStore kept = KeptStore.open(path, disk)) {
            kept.take(KeptStore.at("meanwhile", 2)).round();
            assertThat(kept.failure()).contains("ended early");
        }
        assertThat(KeptStore.replayed(path)).hasSize(CLIENTS + 1).containsKey("meanwhile");
    }

    @Nested
    class ACrashInTheMiddle {
        private int crashes;

        private void losesNothing(int before) {
            try (KeptStore kept = KeptStore.unopened(path)) {
                int reports = replayWithReports(kept, () -> {
                    crashes++;
                    try (KeptStore again = KeptStore.open(copyOfNow(crashes))) {
                        assertThat(again.store.size()).as("known after crash " + crashes).isEqualTo(before + crashes);
                    }
                });
                assertThat(reports).as("reads that the replay took").isGreaterThanOrEqualTo(READS);
                kept.isWhatIsReplayedFrom(path, "after the replay");
                assertThat(kept.store.size()).isEqualTo(before + reports);
            }
        }

        @Test
        void losesNothing() {
            losesNothing(CLIENTS);
        }

        @Test
        void losesNothingAfterAnUnfinishedWrite() throws IOException {
            append("0badc0de AT Alford +0.0000");
            losesNothing(CLIENTS);
        }

        @Test
        void losesNothingAfterMoreDamageThanAnUnfinishedWriteLeaves() throws IOException {
            append("x".repeat(2_000_000));
            losesNothing(CLIENTS);
            assertThat(Files.readString(path, StandardCharsets.ISO_8859_1)).as("what may be of use to somebody")
                    .contains("xxx\n");
        }
    }

    @Nested
    class AReplayThatIsToEndEarly {
        @Test
        void keepsWhatItHasNotRead() {
            try (KeptStore kept = KeptStore.unopened(path)) {
                kept.writer.replay(() -> false);
                assertThat(kept.store.size()).as("clients read").isBetween(1, CLIENTS - 1);
                kept.take(KeptStore.at("last", 2)).round();
                assertThat(kept.writer.isRewriting()).isFalse();
            }
            assertThat(KeptStore.replayed(path)).hasSize(CLIENTS + 1);
        }
    }

    @Nested
    class AFileThatIsMostlyOutdated {
        @Test
        void isNotWrittenAnewBeforeAllOfItIsKnown() {
            for (int time = 2; time < 5; time++) {
                try (KeptStore kept = KeptStore.open(path)) {
                    for (int i = 0; i < CLIENTS; i++) {
                        kept.take(KeptStore.at("c" + i, time));
                    }
                    kept.round();
                }
            }
            try (KeptStore kept = KeptStore.unopened(path)) {
                replayWithReports(kept, () -> assertThat(kept.writer.isRewriting()).isFalse());
                kept.round();
                assertThat(kept.writer.isRewriting()).as("due after the replay").isTrue();
            }
        }
    }

    @Nested
    class AWriteThatFailsMeanwhile {
        /** So long after it a new file would be begun. */
        private static final long NEXT_TRY_NANOS = 1_100_000_000;

        @Test
        void replacesNoFileBeforeAllOfItIsKnown() {
            try (KeptStore kept = KeptStore.unopened(path)) {
                kept.writer.replay(() -> {
                    if (kept.failure() == null) {
                        kept.writer.fail(new IOException("by the test"));
                        long failedAt = System.nanoTime();
                        Await.until("another try would be due", () -> {
                            kept.round();
                            assertThat(kept.writer.isRewriting()).isFalse();
                            return System.nanoTime() - failedAt > NEXT_TRY_NANOS;
                        });
                    }
                    return true;
                });
                kept.round();
                assertThat(kept.writer.isRewriting()).as("due after the replay").isTrue();
                while (kept.writer.isRewriting()) {
                    kept.round();
                }
                kept.isWhatIsReplayedFrom(path, "after it was written anew");
            }
        }
    }

    @Nested
    class ADiskThatIsFull {
        @Test
        void isReportedAndTheJournalIsWrittenAnewAfterTheReplay() throws IOException {
            try (SmallDisk disk = SmallDisk.mount(dir.resolve("disk"), (int) (Files.size(path) / 1024) + 8)) {
                path = Files.copy(path, disk.folder().resolve("journal"));
                try (KeptStore kept = KeptStore.unopened(path)) {
                    AtomicInteger reports = new AtomicInteger();
                    kept.writer.replay(() -> {
                        for (int i = 0; i < 1000; i++) {
                            kept.take(KeptStore.at("meanwhile-" + reports.getAndIncrement(), 2));
                        }
                        kept.round();
                        return true;
                    });
                    assertThat(kept.failure()).isNotNull();
                    assertThat(kept.store.size()).isEqualTo(CLIENTS + reports.get());
                    disk.resize(16_384);
                    JournalDiskTest.awaitWrittenAnew(kept);
                    kept.isWhatIsReplayedFrom(path, "after the disk was full in the middle of a replay");
                }
            }
        }
    }
}
