package dev.proxyherd.link.session;

import static dev.proxyherd.protocol.RandomLocations.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.server.Await;
import dev.proxyherd.store.KeepBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FloodQueueTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private static final String NONCE = "1111111111111111" + "0".repeat(32);

    private final FloodQueue queue = new FloodQueue(new KeepBudget(() -> Integer.MAX_VALUE));

    @BeforeEach
    void open() {
        queue.begin(this, NONCE);
    }

    private static Location location(String client, int time) {
        return at("AT A +0.000000000 " + client + " +1+1 " + time);
    }

    private void offer(String client, int time) {
        queue.offer(client, location(client, time));
    }

    private List<String> drained(int max) {
        List<Location> drained = new ArrayList<>();
        queue.drain(drained, max);
        return drained.stream().map(location -> location.client() + location.timeNanos() / 1_000_000_000L).toList();
    }

    @Nested
    class Draining {
        @Test
        void takesFirstInLineFirstAndAtMostSoMany() {
            for (String client : List.of("a", "b", "c", "d")) {
                offer(client, 1);
            }
            assertThat(drained(0)).isEmpty();
            assertThat(drained(3)).containsExactly("a1", "b1", "c1");
            assertThat(queue.size()).isEqualTo(1);
            assertThat(drained(3)).containsExactly("d1");
            assertThat(drained(3)).isEmpty();
        }

        @Test
        void addsToWhatIsThere() {
            List<Location> to = new ArrayList<>(List.of(location("x", 9)));
            offer("a", 1);
            queue.drain(to, 5);
            assertThat(to).extracting(Location::client).containsExactly("x", "a");
        }
    }

    @Nested
    class Conflation {
        @Test
        void keepsTheNewestOfAClientInItsFirstPlaceInLine() {
            offer("a", 1);
            offer("b", 1);
            offer("a", 3);
            offer("a", 2);
            assertThat(queue.size()).isEqualTo(2);
            assertThat(drained(9)).containsExactly("a3", "b1");
        }

        @Test
        void startsAnewForAClientThatWasDrained() {
            offer("a", 5);
            drained(1);
            offer("b", 1);
            offer("a", 2);
            assertThat(drained(9)).containsExactly("b1", "a2");
        }

        @Test
        void costsNoMoreThanOneEntryAClientAndLosesNoNewest() {
            for (long seed = 0; seed < 100; seed++) {
                List<Location> history = new RandomLocations(seed).history(300, 5);
                Map<String, Location> newest = new HashMap<>();
                for (Location location : history) {
                    queue.offer(location.client(), location);
                    newest.merge(location.client(), location, Location::newest);
                    assertThat(queue.size()).as("seed %d", seed).isLessThanOrEqualTo(5);
                }
                List<Location> drained = new ArrayList<>();
                queue.drain(drained, 100);
                assertThat(drained).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(newest.values());
            }
        }
    }

    @Nested
    class Forgetting {
        @Test
        void takesBackTheSameAndWhatIsOlder() {
            offer("a", 1);
            offer("b", 1);
            offer("c", 1);
            queue.forget(location("a", 1), NONCE);
            queue.forget(location("c", 2), NONCE);
            assertThat(drained(9)).containsExactly("b1");
        }

        @Test
        void leavesWhatIsNewerAndOtherClients() {
            queue.forget(location("a", 1), NONCE);
            offer("a", 3);
            queue.forget(location("a", 2), NONCE);
            queue.forget(location("b", 9), NONCE);
            assertThat(drained(9)).containsExactly("a3");
        }
    }

    @Nested
    class Waiting {
        private final AtomicBoolean returned = new AtomicBoolean();

        /** One of the two ways to wait. */
        private interface Wait {
            void run() throws InterruptedException;
        }

        private Thread waiting(long nanos) throws Exception {
            return start(() -> queue.await(nanos));
        }

        private Thread resting(long nanos) throws Exception {
            return start(() -> queue.rest(nanos));
        }

        private Thread start(Wait wait) throws Exception {
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    wait.run();
                    returned.set(true);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            Await.until("it waits or has returned", () -> waiting.getState() == Thread.State.TIMED_WAITING
                    || waiting.getState() == Thread.State.TERMINATED);
            return waiting;
        }

        @Test
        void thatIsARestGoesOnThoughSomethingIsOfferedAndEndsWhenPoked() throws Exception {
            Thread resting = resting(HOUR);
            offer("a", 1);
            assertThat(resting.join(Duration.ofMillis(50))).as("ended by an offer").isFalse();
            queue.poke();
            Await.end(resting);
            assertThat(returned).isTrue();
        }

        @Test
        void thatIsARestEndsWhenTheTimeIsUp() throws Exception {
            Await.end(resting(1));
            assertThat(returned).isTrue();
        }

        @Test
        void endsWhenSomethingIsOffered() throws Exception {
            Thread waiting = waiting(HOUR);
            assertThat(returned).isFalse();
            offer("a", 1);
            Await.end(waiting);
            assertThat(returned).isTrue();
            assertThat(drained(1)).containsExactly("a1");
        }

        @Test
        void endsWhenItIsPoked() throws Exception {
            Thread waiting = waiting(HOUR);
            queue.poke();
            Await.end(waiting);
            assertThat(returned).isTrue();
        }

        @Test
        void endsWhenTheTimeIsUp() throws Exception {
            Await.end(waiting(1));
            assertThat(returned).isTrue();
        }

        @Test
        void endsWhenItIsInterrupted() throws Exception {
            Thread waiting = waiting(HOUR);
            waiting.interrupt();
            Await.end(waiting);
            assertThat(returned).isFalse();
        }

        @Test
        void doesNotBeginWhenThereIsSomethingOrItHasBeenPoked() throws Exception {
            offer("a", 1);
            Await.end(waiting(HOUR));
            drained(1);
            queue.poke();
            Await.end(waiting(HOUR));
            assertThat(returned).isTrue();
        }

        @Test
        void missesNothingThatManyThreadsOffer() throws Exception {
            int threads = 4;
            int each = 5_000;
            List<Thread> offering = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String prefix = i + "-";
                offering.add(Thread.ofVirtual().start(() -> {
                    for (int j = 0; j < each; j++) {
                        offer(prefix + j, 1);
                    }
                }));
            }
            List<Location> drained = new ArrayList<>();
            Thread draining = Thread.ofPlatform().start(() -> {
                try {
                    while (drained.size() < threads * each) {
                        queue.await(HOUR);
                        queue.drain(drained, 64);
                    }
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            for (Thread thread : offering) {
                Await.end(thread);
            }
            Await.end(draining);
            for (Thread thread : offering) {
                Await.end(thread);
            }
            assertThat(drained).extracting(Location::client).doesNotHaveDuplicates().hasSize(threads * each);
        }
    }
}
