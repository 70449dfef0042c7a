package dev.proxyherd.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What has changed is drained once, however often it was noted, and nothing that changes meanwhile is missed. */
class ChangedClientsTest {
    private final ChangedClients changed = new ChangedClients(false);
    private final LocationStore store = new LocationStore(changed);

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

    /** Whoever has claimed the first was held up just there; the answer to the second report relies on a whole round. */
    @Test
    void whereAnswersWaitForARoundItDoesNotMissWhatAnotherIsStillAboutToNote() throws IOException {
        ChangedClients awaited = new ChangedClients(true);
        Slot slot = new Slot(KeptStore.at("kiwi", 1));
        assertThat(slot.claim(new Slot(null))).isTrue();
        slot.set(KeptStore.at("kiwi", 2));
        awaited.note(slot);

        List<Location> drained = new ArrayList<>();
        awaited.drain(drained::add);

        assertThat(drained).containsExactly(slot.get());
    }

    @Test
    void holdsNothingThatLostOrWasOnlyMerged() throws IOException {
        store.merge(KeptStore.at("kiwi", 5));
        store.take(KeptStore.at("kiwi", 4));
        assertThat(drain()).isEmpty();
        store.noteChanged("kiwi");
        store.noteChanged("unknown");
        assertThat(drain()).containsExactly(KeptStore.at("kiwi", 5).toString());
    }

    @Test
    void leavesOutWhatHasExpiredMeanwhile() throws IOException {
        store.take(KeptStore.at("kiwi", 1));
        store.dropBefore(Long.MAX_VALUE);
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
                    store.take(KeptStore.at("c" + random.nextInt(20), time));
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
