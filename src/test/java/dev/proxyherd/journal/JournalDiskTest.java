package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails: the file is given up and, when the disk works again, written anew from the store. */
public class JournalDiskTest {
    @TempDir
    private Path dir;

    private static void fill(KeptStore kept, int clients) {
        for (int i = 0; i < clients; i++) {
            kept.take(KeptStore.at("c" + i, 7));
        }
        kept.round();
    }

    public static void awaitWrittenAnew(KeptStore kept) {
        Await.until("the journal is written anew", () -> kept.round().failure() == null);
    }

    @Nested
    class ThatIsFull {
        @Test
        void isReportedOnceAndTheJournalIsCompleteOnceThereIsRoom() throws IOException {
            try (SmallDisk disk = SmallDisk.mount(dir.resolve("disk"), 64)) {
                Path path = disk.folder().resolve("journal");
                try (KeptStore kept = KeptStore.open(path)) {
                    fill(kept, 5000);
                    assertThat(kept.failure()).isNotNull();
                    kept.take(KeptStore.at("meanwhile", 8)).round();
                    assertThat(kept.notes()).as("complaints").hasSize(1).first().asString()
                            .contains("cannot write " + path);

                    disk.resize(8192);
                    awaitWrittenAnew(kept);
                    assertThat(kept.notes()).hasSize(2).last().asString().contains("written anew, 5001 records");
                    kept.take(KeptStore.at("afterwards", 9)).round();
                    kept.isWhatIsReplayedFrom(path, "after the disk was full");
                    assertThat(kept.store.size()).isEqualTo(5002);
                }
            }
        }

        @Test
        void keepsWhatWasSyncedBefore() throws IOException {
            try (SmallDisk disk = SmallDisk.mount(dir.resolve("disk"), 64)) {
                Path path = disk.folder().resolve("journal");
                try (KeptStore kept = KeptStore.open(path)) {
                    kept.take(KeptStore.at("kiwi", 1)).round();
                    fill(kept, 5000);
                    assertThat(kept.failure()).isNotNull();
                }
                assertThat(KeptStore.replayed(path)).containsKey("kiwi");
            }
        }

        @Test
        void onlyForASecondFileLetsTheFirstGoOn() throws IOException {
            Path path = dir.resolve("journal");
            FaultyDisk disk = new FaultyDisk();
            disk.fullFor = ".new";
            try (KeptStore kept = KeptStore.open(path, disk)) {
                for (long time = 1; !kept.writer.isRewriting(); time++) {
                    for (int i = 0; i < 25_000; i++) {
                        kept.take(KeptStore.at("c" + i, time));
                    }
                    kept.round();
                }
                kept.take(KeptStore.at("first", 1)).round();
                Await.until("the new file has failed", () -> !kept.round().notes().isEmpty());
                kept.take(KeptStore.at("second", 2)).round();
                kept.isWhatIsReplayedFrom(path, "if it crashed now");
                assertThat(kept.notes()).hasSize(1).first().asString().contains("it goes on in the old file");
                assertThat(kept.failure()).isNull();
            }
        }
    }

    /** A file of two megabytes, on a disk that does not give back its second half. */
    @Nested
    class ThatCannotBeRead {
        private static final int CLIENTS = 30_000;

        private final FaultyDisk faulty = new FaultyDisk();

        private KeptStore startAfterDamage(Path path) throws IOException {
            try (KeptStore before = KeptStore.open(path)) {
                fill(before, CLIENTS);
            }
            faulty.unreadableFrom = Files.size(path) / 2;
            KeptStore kept = KeptStore.open(path, faulty);
            faulty.unreadableFrom = Long.MAX_VALUE;
            return kept;
        }

        @Test
        void keepsTheFileUnderAnotherNameAndStartsAnew() throws IOException {
            Path path = dir.resolve("journal");
            try (KeptStore kept = startAfterDamage(path)) {
                assertThat(kept.failure()).contains("Input/output error");
                kept.take(KeptStore.at("kiwi", 1));
                awaitWrittenAnew(kept);
                assertThat(KeptStore.replayed(path)).containsOnlyKeys("kiwi");
                assertThat(KeptStore.replayed(asideOf(dir))).hasSize(CLIENTS);
                assertThat(kept.notes())
                        .anyMatch(note -> note.contains("cannot be read to its end (Input/output error)")
                                && note.contains("kept whole as") && note.contains("stop this server"));
            }
        }

        /** It may hold what nobody else knows. */
        @Test
        void isNotWrittenOverWhereNothingCanBeWrittenEither() throws IOException {
            try (SmallDisk disk = SmallDisk.mount(dir.resolve("disk"), 8192)) {
                Path path = disk.folder().resolve("journal");
                try (KeptStore kept = startAfterDamage(path)) {
                    disk.allowWrites(false);
                    kept.take(KeptStore.at("kiwi", 1)).round();
                    Await.until("a try has failed", () -> kept.round().failure().contains("Read-only"));
                    disk.allowWrites(true);
                    awaitWrittenAnew(kept);
                }
                assertThat(KeptStore.replayed(path)).containsOnlyKeys("kiwi");
                assertThat(KeptStore.replayed(asideOf(disk.folder()))).hasSize(CLIENTS);
            }
        }

        /** Somebody has mended that by hand. */
        @Test
        void isNotInTheWayOnceItIsGone() throws IOException {
            Path path = dir.resolve("journal");
            try (KeptStore kept = startAfterDamage(path)) {
                Files.delete(path);
                kept.take(KeptStore.at("kiwi", 1));
                awaitWrittenAnew(kept);
            }
            assertThat(KeptStore.replayed(path)).containsOnlyKeys("kiwi");
            assertThat(dir).isDirectoryNotContaining("glob:**/*unreadable*");
        }
    }

    public static Path asideOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> aside = files.filter(file -> file.toString().contains("unreadable")).toList();
            assertThat(aside).as("what was set aside in " + folder).hasSize(1);
            return aside.getFirst();
        }
    }

    /** The current file is lost to its server, which is to write a new one. */
    private KeptStore unreadable(Path path) throws IOException {
        try (KeptStore before = KeptStore.open(path)) {
            fill(before, 1);
        }
        FaultyDisk faulty = new FaultyDisk();
        faulty.unreadableFrom = 0;
        return KeptStore.open(path, faulty);
    }

    @Nested
    class ThatTakesNoNewFile {
        @Test
        void isTriedAgainUntilItDoes() throws IOException {
            Path path = dir.resolve("journal");
            Path obstacle = dir.resolve("journal.new");
            try (KeptStore kept = unreadable(path)) {
                Files.createDirectories(obstacle.resolve("in the way"));
                kept.take(KeptStore.at("kiwi", 1));
                Await.until("the failure is the new file's",
                        () -> kept.round().failure().contains("journal.new"));
                Files.delete(obstacle.resolve("in the way"));
                Files.delete(obstacle);
                awaitWrittenAnew(kept);
                assertThat(KeptStore.replayed(path)).containsOnlyKeys("kiwi");
            }
        }
    }

    /** The server is stopped in order, after its disk has failed. */
    @Nested
    class AtTheEnd {
        private static final int CLIENTS = 50_000;

        private KeptStore failed(Path path) throws IOException {
            KeptStore kept = unreadable(path);
            for (int i = 0; i < CLIENTS; i++) {
                kept.take(KeptStore.at("c" + i, 7));
            }
            return kept;
        }

        @Test
        void allIsWrittenIfItWorksAgain() throws IOException {
            Path path = dir.resolve("journal");
            try (KeptStore kept = failed(path)) {
                kept.round().writer.finish(Duration.ofSeconds(20));
                assertThat(KeptStore.replayed(path)).hasSize(CLIENTS);
                assertThat(kept.notes()).last().asString().contains("all is well again");
            }
        }

        @Test
        void theLossIsToldIfItDoesNot() throws IOException {
            Path path = dir.resolve("journal");
            try (KeptStore kept = failed(path)) {
                Files.createDirectories(dir.resolve("journal.new/in the way"));
                kept.round().writer.finish(Duration.ofSeconds(20));
                assertThat(kept.notes()).last().asString().contains("is in no file");
            }
        }
    }
}
