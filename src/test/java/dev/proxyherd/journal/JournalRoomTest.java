package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.OwnerOnly;
import dev.proxyherd.server.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that holds more clients than its store has room for loses none of them. */
class JournalRoomTest {
    private static final int CLIENTS = 100;
    private static final int ROOM = 10;
    private static final JournalBounds TIGHT = new JournalBounds(20, 1_000, 1_000, 0, 0, 0, () -> {});

    @TempDir
    private Path dir;

    private Path path;

    @BeforeEach
    void write() {
        path = dir.resolve("server-Alford.journal");
        try (KeptStore kept = KeptStore.open(path)) {
            for (int i = 0; i < CLIENTS; i++) {
                kept.take(KeptStore.at("c" + i, 7)).round();
            }
        }
    }

    private KeptStore open() {
        return KeptStore.openWithRoom(path, ROOM, OwnerOnly::open, TIGHT);
    }

    /** Lets known clients move until their records are due to be compacted, and takes the new file. */
    private static void compact(KeptStore kept, int firstTime) {
        int time = firstTime;
        while (!kept.isRewriting()) {
            for (int i = 0; i < ROOM; i++) {
                kept.take(KeptStore.at("c" + i, time));
            }
            kept.round();
            time++;
            assertThat(time).as("rounds until it is written anew").isLessThan(firstTime + 100);
        }
        kept.awaitRewritten();
        kept.round();
    }

    @Nested
    class AtAStartWithoutRoomForAll {
        @Test
        void isReadUpToTheLimitAndToldAndLeftAsItIs() throws IOException {
            byte[] before = Files.readAllBytes(path);
            try (KeptStore kept = open()) {
                assertThat(kept.content()).hasSize(ROOM);
                assertThat(kept.unread()).isEqualTo(CLIENTS - ROOM);
                assertThat(kept.notes()).anySatisfy(note -> assertThat(note)
                        .contains("no room for " + (CLIENTS - ROOM) + " of its records",
                                "--max-clients allows, " + ROOM,
                                "HERD_JAVA_OPTS"));
                for (int i = 0; i < 5; i++) {
                    kept.round();
                }
                assertThat(kept.isRewriting()).isFalse();
            }
            assertThat(Files.readAllBytes(path)).isEqualTo(before);
        }

        @Test
        void goesOnAtItsEnd() throws IOException {
            byte[] before = Files.readAllBytes(path);
            try (KeptStore kept = open()) {
                kept.take(KeptStore.at("c0", 9)).round();
            }
            byte[] after = Files.readAllBytes(path);
            assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
            assertThat(KeptStore.replayed(path)).hasSize(CLIENTS)
                    .containsEntry("c0", KeptStore.at("c0", 9).toString());
        }
    }

    @Nested
    class OnceItHasGrown {
        @Test
        void isWrittenAnewWithAllInItAndDoesNotGrowForEver() {
            try (KeptStore kept = open()) {
                for (int i = 1; i <= 5; i++) {
                    compact(kept, 1_000 * i);
                    assertThat(kept.records()).as("records after compaction %d", i).isLessThan(CLIENTS + 50);
                    assertThat(kept.unread()).isEqualTo(CLIENTS - ROOM);
                }
            }
            Map<String, String> replayed = KeptStore.replayed(path);
            assertThat(replayed).hasSize(CLIENTS).containsEntry("c50", KeptStore.at("c50", 7).toString());
            assertThat(replayed.get("c0")).isNotEqualTo(KeptStore.at("c0", 7).toString());
        }

        @Test
        void dropsWhoWasForgottenAlsoAfterACrashBeforeItCould() throws IOException {
            try (KeptStore kept = open()) {
                kept.take(KeptStore.gone("c50", 8)).writer.round();
            }
            try (KeptStore kept = open()) {
                assertThat(kept.content()).containsEntry("c50", KeptStore.gone("c50", 8).toString());
                kept.round();
                assertThat(kept.isRewriting()).isTrue();
                kept.awaitRewritten();
                kept.round();
                assertThat(kept.unread()).isEqualTo(CLIENTS - ROOM - 1);
            }
            assertThat(Files.readString(path)).contains("GONE Alford +0.000000001 c50 ").doesNotContain(" c50 +34");
            assertThat(KeptStore.replayed(path)).hasSize(CLIENTS)
                    .containsEntry("c50", KeptStore.gone("c50", 8).toString());
        }

        @Test
        void dropsARecordThatTheStoreHasOutdatedMeanwhile() {
            try (KeptStore kept = open()) {
                kept.store.merge(KeptStore.at("c50", 8));
                kept.store.merge(KeptStore.at("c60", 6));
                compact(kept, 1_000);
                assertThat(kept.unread()).isEqualTo(CLIENTS - ROOM - 1);
            }
            assertThat(KeptStore.replayed(path)).hasSize(CLIENTS)
                    .containsEntry("c50", KeptStore.at("c50", 8).toString())
                    .containsEntry("c60", KeptStore.at("c60", 7).toString());
        }
    }

    @Nested
    class AfterADisksFailure {
        @Test
        void isWrittenAnewWithAllInIt() {
            FaultyDisk disk = new FaultyDisk();
            try (KeptStore kept = KeptStore.openWithRoom(path, ROOM, disk, TIGHT)) {
                disk.full = true;
                kept.take(KeptStore.at("c0", 9)).round();
                assertThat(kept.failure()).isNotNull();
                disk.full = false;
                // A first attempt may have begun while the disk was full, and fail.
                Await.until("a new file has taken the old one's place", () -> kept.round().failure() == null);
            }
            assertThat(KeptStore.replayed(path)).hasSize(CLIENTS)
                    .containsEntry("c0", KeptStore.at("c0", 9).toString());
        }
    }

    @Nested
    class WhenItCannotBeReadAgain {
        @Test
        void theOldFileIsKeptBesideTheNewOne() throws IOException {
            FaultyDisk disk = new FaultyDisk();
            try (KeptStore kept = KeptStore.openWithRoom(path, ROOM, disk, TIGHT)) {
                disk.unreadableFrom = 0;
                compact(kept, 1_000);
                assertThat(kept.notes()).anySatisfy(note -> assertThat(note)
                        .contains("what there was no room for cannot be read from it",
                                "the old file is kept whole as"));
            }
            Path aside;
            try (Stream<Path> files = Files.list(dir)) {
                aside = files.filter(file -> file.toString().contains(".unreadable-")).findFirst().orElseThrow();
            }
            assertThat(KeptStore.replayed(aside)).hasSize(CLIENTS);
        }
    }

    @Test
    void aStartWithRoomReadsAllOfIt() {
        open().close();
        try (KeptStore kept = KeptStore.open(path)) {
            assertThat(kept.content()).hasSize(CLIENTS);
            assertThat(kept.unread()).isZero();
        }
    }
}
