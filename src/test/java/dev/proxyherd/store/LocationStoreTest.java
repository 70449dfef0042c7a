package dev.proxyherd.store;

import static dev.proxyherd.protocol.RandomLocations.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LocationStoreTest {
    private static final Location OLDER = at("AT Alford +0.000000000 kiwi +34-118 7");
    private static final Location NEWER = at("AT Welsh +9.000000000 kiwi +1+1 8");

    private static Map<String, String> content(LocationStore store) {
        Map<String, String> content = new HashMap<>();
        store.forEach(location -> assertThat(content.put(location.client(), location.toString()))
                .as("one location a client").isNull());
        return content;
    }

    /** What any store must end with, found without one. */
    private static Map<String, String> newestOf(List<Location> history) {
        Map<String, Location> newest = new HashMap<>();
        history.forEach(location -> newest.merge(location.client(), location, Location::newest));
        Map<String, String> content = new HashMap<>();
        newest.forEach((client, location) -> content.put(client, location.toString()));
        return content;
    }

    @Nested
    class Merging {
        private final LocationStore store = new LocationStore();

        @Test
        void takesTheFirstLocationOfAClient() {
            assertThat(store.find("kiwi")).isNull();
            assertThat(store.merge(OLDER)).isTrue();
            assertThat(store.find("kiwi")).hasToString(OLDER.toString());
        }

        @Test
        void replacesItByOneThatWins() {
            store.merge(OLDER);
            assertThat(store.merge(NEWER)).isTrue();
            assertThat(store.find("kiwi")).hasToString(NEWER.toString());
            assertThat(store.size()).isEqualTo(1);
        }

        @Test
        void neitherStoresNorReportsOneThatDoesNotWin() {
            store.merge(NEWER);
            assertThat(store.merge(OLDER)).isFalse();
            assertThat(store.find("kiwi")).hasToString(NEWER.toString());
        }

        @Test
        void sameLocationTwiceWinsOnce() {
            store.merge(OLDER);
            assertThat(store.merge(OLDER)).isFalse();
            assertThat(store.merge(at(OLDER.toString()))).as("from another server").isFalse();
        }

        @Test
        void replacesItByThatTheClientWasForgotten() {
            store.merge(NEWER);
            assertThat(store.merge(at("GONE A +0.000000000 kiwi 7.999999999"))).as("before its last report").isFalse();
            assertThat(store.merge(at("GONE A +0.000000000 kiwi 8.000000001"))).isTrue();
            assertThat(store.merge(NEWER)).isFalse();
            assertThat(store.size()).isZero();
            assertThat(store.forgotten()).isEqualTo(1);
            assertThat(store.weight()).isEqualTo(1);
            assertThat(store.merge(at("AT A +0.000000000 kiwi +1+1 8.000000002"))).as("a later report").isTrue();
            assertThat(store.size()).isEqualTo(1);
            assertThat(store.forgotten()).isZero();
        }

        @Test
        void keepsClientsApartByEveryByteOfTheirIds() {
            for (int b = 0; b < 256; b++) {
                if (b != ' ' && (b < 9 || b > 13)) {
                    assertThat(store.merge(at("AT A +0.000000000 k" + (char) b + " +1+1 7"))).as("byte %d", b).isTrue();
                }
            }
            assertThat(store.size()).isEqualTo(250);
        }
    }

    @Nested
    class Convergence {
        @Test
        void isReachedInAnyOrderWithAnythingDuplicated() {
            for (long seed = 0; seed < 300; seed++) {
                Random random = new Random(seed);
                List<Location> history = new RandomLocations(seed).history(40, 4);
                List<Location> other = new ArrayList<>(history);
                other.addAll(history.subList(0, random.nextInt(history.size())));
                Collections.shuffle(other, random);
                assertThat(content(storeOf(other))).as("seed %d", seed)
                        .isEqualTo(content(storeOf(history))).isEqualTo(newestOf(history));
            }
        }

        @Test
        void isReachedWhenStoresLearnFromEachOther() {
            for (long seed = 0; seed < 300; seed++) {
                List<Location> history = new RandomLocations(seed).history(40, 4);
                int cut = new Random(seed).nextInt(history.size());
                LocationStore one = storeOf(history.subList(0, cut));
                LocationStore other = storeOf(history.subList(cut, history.size()));
                one.forEach(other::merge);
                other.forEach(one::merge);
                assertThat(content(one)).as("seed %d", seed).isEqualTo(content(other)).isEqualTo(newestOf(history));
            }
        }

        @Test
        void isReachedByManyThreadsAtOnceAndEachWinnerWinsOnce() throws Exception {
            int threads = 8;
            for (long seed = 0; seed < 20; seed++) {
                List<Location> history = new RandomLocations(seed).history(400, 3);
                LocationStore store = new LocationStore();
                CyclicBarrier together = new CyclicBarrier(threads);
                List<Callable<List<Location>>> tasks = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    List<Location> own = new ArrayList<>(history);
                    Collections.shuffle(own, new Random(seed * threads + i));
                    tasks.add(() -> {
                        together.await();
                        return own.stream().filter(store::merge).toList();
                    });
                }
                List<String> won = new ArrayList<>();
                try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
                    for (Future<List<Location>> result : executor.invokeAll(tasks)) {
                        result.get().forEach(location -> won.add(location.toString()));
                    }
                }
                assertThat(content(store)).as("seed %d", seed).isEqualTo(newestOf(history));
                assertThat(won).as("seed %d", seed).doesNotHaveDuplicates().containsAll(content(store).values());
            }
        }

        private LocationStore storeOf(List<Location> history) {
            LocationStore store = new LocationStore();
            history.forEach(store::merge);
            return store;
        }
    }

    @Nested
    class Iterating {
        @Test
        void showsAllThatWasThereBeforeOrSomethingNewerWhileOthersMerge() throws InterruptedException {
            LocationStore store = new LocationStore();
            for (int i = 0; i < 2_000; i++) {
                store.merge(at("AT A +0.000000000 kiwi" + i + " +1+1 7"));
            }
            Thread merging = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 4_000; i++) {
                    store.merge(at("AT A +0.000000000 kiwi" + i + " +1+1 8"));
                }
            });
            Map<String, String> seen = content(store);
            merging.join();
            for (int i = 0; i < 2_000; i++) {
                assertThat(seen.get("kiwi" + i)).isIn(
                        "AT A +0.000000000 kiwi" + i + " +1+1 7", "AT A +0.000000000 kiwi" + i + " +1+1 8");
            }
            assertThat(content(store)).hasSize(4_000);
        }
    }

    @Nested
    class Dropping {
        /** A client that reports in the moment in which its last report is dropped. */
        @Test
        void losesNothingThatComesAtTheSameTime() throws Exception {
            LocationStore store = new LocationStore();
            int rounds = 20_000;
            CyclicBarrier barrier = new CyclicBarrier(3);
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                List<Future<?>> running = new ArrayList<>();
                running.add(threads.submit(rounds(rounds, barrier,
                        round -> store.dropBefore(new Cutoffs(2L * round * 1_000_000_000L, 0)))));
                for (int i = 0; i < 2; i++) {
                    int own = i;
                    running.add(threads.submit(rounds(rounds, barrier, round -> store
                            .merge(at("AT A +0.000000000 kiwi +1+1 " + (2 * round + own))))));
                }
                for (Future<?> one : running) {
                    one.get();
                }
            }
            assertThat(store.find("kiwi")).hasToString("AT A +0.000000000 kiwi +1+1 " + (2 * rounds - 1));
            assertThat(store.size()).isEqualTo(1);
            assertThat(store.digest()).isEqualTo(store.digestSince(Cutoffs.NONE));
        }

        /** All begin each round at once. */
        private static Callable<?> rounds(int count, CyclicBarrier barrier, IntConsumer round) {
            return () -> {
                for (int i = 0; i < count; i++) {
                    barrier.await();
                    round.accept(i);
                }
                return null;
            };
        }
    }
}
