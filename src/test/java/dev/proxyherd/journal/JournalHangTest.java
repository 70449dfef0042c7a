package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.file.JournalDisk;
import dev.proxyherd.protocol.SipHash;
import dev.proxyherd.server.Await;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that does not answer, and one that refuses for long. */
class JournalHangTest {
    private static final int RETRIES = 50;

    @TempDir
    private Path dir;

    private final FaultyDisk disk = new FaultyDisk();

    @ParameterizedTest
    @EnumSource(value = FsyncPolicy.class, names = {"ALWAYS", "EVERYSEC"})
    void oneThatHangsIsToldOnceAndSoIsItsReturn(FsyncPolicy policy) throws IOException {
        List<String> notes = new CopyOnWriteArrayList<>();
        JournalSettings settings = new JournalSettings(dir.resolve("journal"), "Alford", policy,
                new Expiry(Duration.ZERO, InstantSource.system()), Rejoin.ASK, notes::add);
        CountDownLatch hang = new CountDownLatch(1);
        try (Journal journal = Journal.open(settings, new JournalDisk(disk), JournalBounds.standard(),
                new GroupCommit(Duration.ofMillis(200)))) {
            LocationStore store = new LocationStore(SipHash.unkeyed(), journal);
            journal.start(Room.unlimited(store), () -> {});
            journal.awaitReplayed(Await.LIMIT);
            disk.hang = hang;
            store.take(KeptStore.at("kiwi", 1));
            journal.awaitSynced();
            Await.until("it is told", () -> !notes.isEmpty());
            assertThat(notes).singleElement().asString().contains(dir.resolve("journal").toString(),
                    "has not answered for 0.2 s");
            assertThat(journal.status().failure()).contains("has not answered");
            hang.countDown();
            Await.until("its return is told", () -> notes.size() == 2);
            assertThat(notes.getLast()).contains("answers again");
            assertThat(journal.status().failure()).isNull();
            assertThat(journal.status().lastRoundMillis()).as("the round that hung").isGreaterThanOrEqualTo(200);
        }
        assertThat(KeptStore.replayed(dir.resolve("journal"))).containsOnlyKeys("kiwi");
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct")).findFirst().orElseThrow().getMemoryUsed();
    }

    @Test
    void oneThatIsFullForLongCostsNoMemoryForEachTry() throws IOException {
        try (KeptStore kept = KeptStore.open(dir.resolve("journal"), disk, new RestGate().bounds(1000))) {
            disk.full = true;
            kept.take(KeptStore.at("kiwi", 1)).round();
            awaitTries(kept, 2);
            long before = directBytes();
            awaitTries(kept, RETRIES);
            assertThat(directBytes() - before).as("bytes taken by %d tries", RETRIES).isLessThan(1024 * 1024);
            disk.full = false;
            JournalDiskTest.awaitWrittenAnew(kept);
        }
    }

    private void awaitTries(KeptStore kept, int tries) {
        int before = disk.opened.get();
        Await.until(tries + " tries are made", () -> kept.round() != null && disk.opened.get() >= before + tries);
    }
}
