package dev.proxyherd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.SipHash;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With rounds twice a second, what was answered is safe after half a second and a round or, where a round takes longer than
 * that, after two rounds; however much changes, and however slowly the machine wakes a thread. On a clock of the test's.
 */
class SafeInTimeTest {
    private static final long MILLI = 1_000_000;
    private static final long INTERVAL = GroupCommit.INTERVAL.toNanos();

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 3 * INTERVAL);
    private final LongSupplier nanoTime = clock::get;
    private final GroupCommit commit = new GroupCommit(GroupCommit.WAIT_LIMIT, nanoTime);

    @Nested
    class ARoundIsDue {
        private void lasts(long nanos) {
            assertThat(commit.beginIfDue()).isTrue();
            clock.addAndGet(nanos);
            commit.end(true);
        }

        @Test
        void halfASecondAfterTheLastOneBegan() {
            lasts(100 * MILLI);
            clock.addAndGet(INTERVAL - 100 * MILLI - 1);
            assertThat(commit.beginIfDue()).isFalse();
            clock.incrementAndGet();
            assertThat(commit.beginIfDue()).isTrue();
        }

        @Test
        void atOnceAfterOneThatTookLonger() {
            lasts(INTERVAL + 1);
            assertThat(commit.beginIfDue()).isTrue();
        }
    }

    @Nested
    class ALongRound {
        /** How long a round of so many records takes, of which each costs a microsecond, and each rest as long as given. */
        private long round(int records, long restNanos) {
            Pacing pacing = new Pacing(true, nanoTime, () -> clock.addAndGet(restNanos));
            long begun = clock.get();
            pacing.begin();
            for (int i = 0; i < records; i++) {
                clock.addAndGet(1000);
                pacing.count();
            }
            return clock.get() - begun;
        }

        @Test
        void restsAfterEachBurst() {
            assertThat(round(10 * Pacing.RECORDS, MILLI)).isEqualTo(10 * (Pacing.RECORDS * 1000L + MILLI));
        }

        @ParameterizedTest
        @ValueSource(longs = {MILLI, 4 * MILLI, 40 * MILLI})
        void restsForHalfTheIntervalAndOneRestAtMost(long restNanos) {
            assertThat(round(1_000_000, restNanos)).as("the round")
                    .isLessThanOrEqualTo(1_000_000 * 1000L + Pacing.RESTING_NANOS + restNanos);
        }

        @Test
        void doesNotRestWhereAnswersWait() {
            Pacing pacing = new Pacing(false, nanoTime, () -> clock.addAndGet(MILLI));
            long before = clock.get();
            pacing.begin();
            for (int i = 0; i < 10 * Pacing.RECORDS; i++) {
                pacing.count();
            }
            assertThat(clock.get()).isEqualTo(before);
        }
    }

    /** Rounds as the journal's thread does them, of which some last; clients report between them and while they are written. */
    @Nested
    class UnderLoad {
        /** How late, at most, the journal's thread is to begin a round that is due. */
        private static final long LATE = 20 * MILLI;

        private final ChangedClients changed = new ChangedClients(false);
        private final LocationStore store = new LocationStore(SipHash.unkeyed(), changed);
        private final Map<String, Long> unsafe = new HashMap<>();
        private long previousTook;
        private int clients;

        private void answer(int reports) {
            for (int i = 0; i < reports; i++) {
                String client = "c" + clients++;
                store.take(KeptStore.at(client, 1));
                unsafe.put(client, clock.get());
            }
        }

        private void round(Random random) throws IOException {
            long begun = clock.get();
            Set<String> written = new HashSet<>();
            Pacing pacing = new Pacing(true, nanoTime, () -> clock.addAndGet(random.nextLong(8 * MILLI)));
            pacing.begin();
            changed.drain(location -> {
                written.add(location.client());
                clock.addAndGet(random.nextLong(2000));
                pacing.count();
                answer(random.nextInt(50) == 0 ? 10 : 0);
            });
            boolean slowSync = random.nextInt(4) == 0;
            clock.addAndGet(random.nextLong(slowSync ? 2 * INTERVAL : INTERVAL / 5));
            commit.end(true);
            long took = clock.get() - begun;
            long bound = Math.max(INTERVAL, previousTook) + LATE + took;
            previousTook = took;
            assertThat(written).allSatisfy(client -> assertThat(clock.get() - unsafe.remove(client))
                    .as("from the answer to %s until it was safe", client).isLessThanOrEqualTo(bound));
            assertThat(unsafe.values()).as("when those were answered that are not safe yet")
                    .allMatch(answered -> answered - begun >= 0);
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5})
        void nothingWaitsLongerThanTheIntervalOrARoundAndTheNextRound(long seed) throws IOException {
            Random random = new Random(seed);
            for (int rounds = 0; rounds < 40;) {
                answer(random.nextInt(200));
                clock.addAndGet(random.nextLong(LATE));
                if (commit.beginIfDue()) {
                    round(random);
                    rounds++;
                }
            }
            assertThat(clients).isGreaterThan(10_000);
        }
    }
}
