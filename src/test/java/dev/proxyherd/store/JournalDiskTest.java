package dev.proxyherd.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails: the file is given up and, when the disk works again, written anew from the store. */
class JournalDiskTest {
    @TempDir
    private Path dir;

    private static void fill(KeptStore kept, int clients) {
        for (int i = 0; i < clients; i++) {
            kept.take(KeptStore.at("c" + i, 7));
        }
        kept.round();
    }

    static void awaitWrittenAnew(KeptStore kept) {
        Await.until("the journal is written anew", () -> kept.round().writer.failure() == null);
    }

    @Nested
    class ThatIsFull {
        @Test
        void isReportedOnceAndTheJournalIsCompleteOnceThereIsRoom() throws IOException {
            try (SmallDisk disk = SmallDisk.mount(dir.resolve("disk"), 64)) {
                Path path = disk.folder().resolve("journal");
                try (KeptStore kept = KeptStore.open(path)) {
                    fill(kept, 5000);
                    assertThat(kept.writer.failure()).isNotNull();
                    kept.take(KeptStore.at("meanwhile", 8)).round();
                    assertThat(kept.notes()).as("complaints").hasSize(1).first().asString().contains("cannot write " + path);

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
                    assertThat(kept.writer.failure()).isNotNull();
                }
                assertThat(KeptStore.replayed(path)).containsKey("kiwi");
            }
        }

        @Test
        void onlyForASecondFileLetsTheFirstGoOn() throws IOException {
            try (SmallDisk disk = SmallDisk.mount(dir.resolve("disk"), 16_384)) {
                Path path = disk.folder().resolve("journal");
                try (KeptStore kept = KeptStore.open(path)) {
                    for (long time = 1; !kept.writer.isRewriting(); time++) {
                        for (int i = 0; i < 25_000; i++) {
                            kept.take(KeptStore.at("c" + i, time));
                        }
                        kept.round();
                    }
                    disk.resize((int) (kept.writer.bytes() / 1024) + 64);
                    kept.take(KeptStore.at("first", 1)).round();
                    kept.take(KeptStore.at("second", 2)).round();
                    kept.isWhatIsReplayedFrom(path, "if it crashed now");
                    assertThat(kept.notes()).hasSize(1).first().asString().contains("it goes on in the old file");
                    assertThat(kept.writer.failure()).isNull();
                }
            }
        }
    }

    @Nested
    class ThatCannotBeRead {
        @Test
        void keepsTheFileUnderAnotherNameAndStartsAnew() throws IOException {
            Path path = dir.resolve("journal");
            Files.createDirectories(path.resolve("a folder cannot be read as a file"));
            try (KeptStore kept = KeptStore.open(path)) {
                assertThat(kept.writer.failure()).isNotNull();
                assertThat(dir).isDirectoryContaining("glob:**/journal.unreadable-*");
                kept.take(KeptStore.at("kiwi", 1));
                awaitWrittenAnew(kept);
                assertThat(KeptStore.replayed(path)).containsOnlyKeys("kiwi");
            }
        }

        /** It may hold what nobody else knows. */
        @Test
        void isNotWrittenOverWhereItCannotBeMovedEither() throws IOException {
            try (SmallDisk disk = SmallDisk.mount(dir.resolve("disk"), 1024)) {
                Path path = disk.folder().resolve("journal");
                try (KeptStore before = KeptStore.open(path)) {
                    before.take(KeptStore.at("emu", 1)).round();
                }
                disk.allowWrites(false);
                try (KeptStore kept = KeptStore.open(path)) {
                    assertThat(kept.notes()).last().asString().contains("nor moved");
                    kept.take(KeptStore.at("kiwi", 1)).round();
                    disk.allowWrites(true);
                    awaitWrittenAnew(kept);
                }
                assertThat(KeptStore.replayed(path)).containsOnlyKeys("kiwi");
                try (Stream<Path> files = Files.list(disk.folder())) {
                    assertThat(files.filter(file -> file.toString().contains("unreadable"))).singleElement()
                            .satisfies(aside -> assertThat(KeptStore.replayed(aside)).containsOnlyKeys("emu"));
                }
            }
        }

        /** Somebody has mended that by hand. */
        @Test
        void isNotInTheWayOnceItIsGone() throws IOException {
            try (SmallDisk disk = SmallDisk.mount(dir.resolve("disk"), 1024)) {
                Path path = disk.folder().resolve("journal");
                try (KeptStore before = KeptStore.open(path)) {
                    before.take(KeptStore.at("emu", 1)).round();
                }
                disk.allowWrites(false);
                try (KeptStore kept = KeptStore.open(path)) {
                    kept.take(KeptStore.at("kiwi", 1)).round();
                    disk.allowWrites(true);
                    Files.delete(path);
                    awaitWrittenAnew(kept);
                }
                assertThat(KeptStore.replayed(path)).containsOnlyKeys("kiwi");
            }
        }
    }

    @Nested
    class ThatTakesNoNewFile {
        @Test
        void isTriedAgainUntilItDoes() throws IOException {
            Path path = dir.resolve("journal");
            Files.createDirectories(path.resolve("unreadable"));
            Path obstacle = dir.resolve("journal.new");
            try (KeptStore kept = KeptStore.open(path)) {
                Files.createDirectories(obstacle.resolve("in the way"));
                kept.take(KeptStore.at("kiwi", 1));
                Await.until("the failure is the new file's", () -> kept.round().writer.failure().contains("journal.new"));
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
            Files.createDirectories(path.resolve("unreadable"));
            KeptStore kept = KeptStore.open(path);
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
