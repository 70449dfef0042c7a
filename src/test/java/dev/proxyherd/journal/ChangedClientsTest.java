package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.SipHash;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** What has changed is drained once, however often it was noted, and nothing that changes meanwhile is missed. */
class ChangedClientsTest {
    private final ChangedClients changed = new ChangedClients(false);
    private final LocationStore store = new LocationStore(SipHash.unkeyed(), changed);

    private List<String> drain() throws IOException {
        List<String> lines = new ArrayList<>();
        changed.drain(location -> lines.add(location.toString()));
        return lines;
    }

    @Test
    void givesTheNewestOfEachOnce() throws IOException {
        store.take(KeptStore.at("kiwi", 1));
        store.take(KeptStore.at("emu", 1));
        store.take(KeptStore.at("kiwi", 2));
        assertThat(drain()).containsExactlyInAnyOrder(
                KeptStore.at("kiwi", 2).toString(), KeptStore.at("emu", 1).toString());
        assertThat(drain()).isEmpty();
    }

    /** The journal's disk may hang, and neighbours go on telling: what waits must not grow with that. */
    @Test
    void givesTheNewestOfEachOnceWhereAnswersWaitForItToo() throws IOException {
        ChangedClients awaited = new ChangedClients(true);
        LocationStore told = new LocationStore(SipHash.unkeyed(), awaited);
        for (int time = 1; time <= 1000; time++) {
            told.take(KeptStore.at("kiwi", time));
        }
        List<String> drained = new ArrayList<>();
        awaited.drain(location -> drained.add(location.toString()));
        assertThat(drained).containsExactly(KeptStore.at("kiwi", 1000).toString());
    }

    /** An answer relies on one whole round, also where another thread is just about to note the same client. */
    @Test
    void whereAnswersWaitForItTheNextDrainHasAllThatWasTakenBefore() {
        ChangedClients awaited = new ChangedClients(true);
        LocationStore told = new LocationStore(SipHash.unkeyed(), awaited);
        AtomicInteger clock = new AtomicInteger();
        AtomicLong journal = new AtomicLong();
        ReentrantLock journalThread = new ReentrantLock();
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(CompletableFuture.runAsync(() -> {
                for (int time = 0; time < 1_000_000; time = clock.incrementAndGet()) {
                    Location mine = KeptStore.at("kiwi", time);
                    if (told.take(mine) != null) {
                        journalThread.lock();
                        try {
                            awaited.drain(location -> journal.set(location.timeNanos()));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } finally {
                            journalThread.unlock();
                        }
                        assertThat(journal.get()).isGreaterThanOrEqualTo(mine.timeNanos());
                    }
                }
            }, task -> new Thread(task).start()));
        }
        CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).join();
    }

    @Test
    void holdsNothingThatLostOrWasOnlyMerged() throws IOException {
        store.merge(KeptStore.at("kiwi", 5));
        store.take(KeptStore.at("kiwi", 4));
        assertThat(drain()).isEmpty();
        store.noteChanged(KeptStore.at("kiwi", 4));
        store.noteChanged(KeptStore.at("unknown", 5));
        assertThat(drain()).containsExactly(KeptStore.at("kiwi", 5).toString());
    }

    @Test
    void leavesOutWhatHasExpiredMeanwhile() throws IOException {
        store.take(KeptStore.at("kiwi", 1));
        store.dropBefore(new Cutoffs(Long.MAX_VALUE, Long.MAX_VALUE));
        assertThat(drain()).isEmpty();
        store.take(KeptStore.at("kiwi", 2));
        assertThat(drain()).hasSize(1);
    }

    @Test
    void canBeNotedAgainAfterADrainThatFailed() throws IOException {
        for (int i = 0; i < 10; i++) {
            store.take(KeptStore.at("c" + i, 1));
        }
        assertThatThrownBy(() -> changed.drain(location -> {
            throw new IOException("no room");
        })).hasMessage("no room");
        assertThat(drain()).isEmpty();
        for (int i = 0; i < 10; i++) {
            store.take(KeptStore.at("c" + i, 2));
        }
        assertThat(drain()).hasSize(10);
    }

    @Test
    void missesNothingThatFourThreadsChangeWhileItIsDrained() throws IOException {
        long seed = System.nanoTime();
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(seed + i);
            threads.add(CompletableFuture.runAsync(() -> {
                for (int time = 1; time < 50_000; time++) {
                    String client = "c" + random.nextInt(20);
                    store.take(random.nextInt(4) == 0 ? KeptStore.gone(client, time) : KeptStore.at(client, time));
                }
            }));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new));
        Map<String, Location> drained = new HashMap<>();
        boolean more = true;
        while (more) {
            more = !all.isDone();
            changed.drain(location -> drained.put(location.client(), location));
        }
        all.join();
        store.forEach(location -> assertThat(drained.get(location.client()))
                .as("last drained of " + location.client() + ", seed " + seed).isEqualTo(location));
        assertThat(drained).hasSize(20);
    }
}
