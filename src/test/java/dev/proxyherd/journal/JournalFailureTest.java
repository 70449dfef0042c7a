package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.file.JournalDisk;
import dev.proxyherd.protocol.SipHash;
import dev.proxyherd.server.Await;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails besides the disk: neither the journal's thread nor a file that can be written is lost by it. */
class JournalFailureTest {
    @TempDir
    private Path dir;

    private final FaultyDisk disk = new FaultyDisk();

    @Test
    void lackOfMemoryToTakeANewFileOverLetsTheOldOneGoOn() {
        Path path = dir.resolve("journal");
        try (KeptStore kept = KeptStore.open(path, disk, new JournalBounds(100, 100, 10, 1, 1, 1, () -> {}))) {
            for (int time = 1; !kept.isRewriting(); time++) {
                for (int i = 0; i < 100; i++) {
                    kept.take(KeptStore.at("c" + i, time));
                }
                kept.round();
            }
            kept.awaitRewritten();
            disk.withoutMemory = Thread.currentThread();
            kept.take(KeptStore.at("c0", 1000)).round();
            assertThat(kept.notes().getFirst()).contains("cannot write it anew", "OutOfMemoryError");
            assertThat(kept.failure()).isNull();
            kept.isWhatIsReplayedFrom(path, "in the old file");
            disk.withoutMemory = null;
            Await.until("the new file is in use", () -> kept.round().records() == 100);
            kept.isWhatIsReplayedFrom(path, "in the new file");
        }
    }

    @Test
    void aWarningThatCannotBeGivenCostsNoMoreThanTheWarning() throws IOException {
        Path path = dir.resolve("journal");
        AtomicInteger refused = new AtomicInteger();
        JournalSettings settings = new JournalSettings(path, "Alford", FsyncPolicy.ALWAYS,
                new Expiry(Duration.ZERO, InstantSource.system()), Rejoin.ASK, text -> {
                    refused.incrementAndGet();
                    throw new OutOfMemoryError("by the test");
                });
        try (Journal journal = Journal.open(settings, new JournalDisk(disk),
                new JournalBounds(100, 100, 10, 1, 1, 1, () -> {}), new GroupCommit())) {
            LocationStore store = new LocationStore(SipHash.unkeyed(), journal);
            journal.start(Room.unlimited(store), () -> {});
            journal.awaitReplayed(Await.LIMIT);
            disk.full = true;
            store.take(KeptStore.at("kiwi", 1));
            journal.awaitSynced();
            Await.until("a warning was tried", () -> refused.get() > 0);
            disk.full = false;
            Await.until("all is well again", () -> journal.status().failure() == null);
            store.take(KeptStore.at("emu", 1));
            journal.awaitSynced();
            assertThat(journal.hasEnded()).isFalse();
        }
        assertThat(KeptStore.replayed(path)).containsOnlyKeys("kiwi", "emu");
    }
}
