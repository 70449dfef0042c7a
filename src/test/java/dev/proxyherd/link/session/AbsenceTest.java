package dev.proxyherd.link.session;

import static dev.proxyherd.protocol.RandomLocations.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.store.KeepBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a flood queue keeps for a neighbour whose link is down, and when stores must be compared instead. */
class AbsenceTest {
    private static final String LIFE = "1111111111111111";
    private static final String NONCE = LIFE + "0".repeat(32);
    private static final String NEXT_NONCE = LIFE + "1".repeat(32);
    private static final String OTHER_LIFE = "22222222222222220000000000000000";

    private static final int MOST = 1_000;

    private final KeepBudget budget = new KeepBudget(() -> MOST * KeepBudget.PART_OF_CLIENTS);
    private final FloodQueue queue = new FloodQueue(budget);
    private Object link = new Object();

    private static Location location(String client, int time) {
        return at("AT A +0.000000000 " + client + " +1+1 " + time);
    }

    private boolean begin(String nonce) {
        link = new Object();
        return queue.begin(link, nonce);
    }

    /** A link to one that has all that is known, and says so. */
    private void beginCaughtUp() {
        begin(NONCE);
        queue.caughtUp();
        queue.acknowledge(link, 0);
    }

    private void offer(String client, int time) {
        queue.offer(client, location(client, time));
    }

    private List<String> drained() {
        List<Location> drained = new ArrayList<>();
        queue.drain(drained, Integer.MAX_VALUE);
        return drained.stream().map(location -> location.client() + location.timeNanos() / 1_000_000_000L).toList();
    }

    @Nested
    class OneThatWasTaughtAll {
        @Test
        void isToldWhatItMissedAndNothingElse() {
            beginCaughtUp();
            offer("a", 1);
            assertThat(drained()).containsExactly("a1");
            queue.acknowledge(link, 1);
            queue.end();
            offer("b", 1);
            offer("b", 2);
            assertThat(begin(NEXT_NONCE)).isTrue();
            offer("c", 1);
            assertThat(drained()).containsExactly("b2", "c1");
        }

        @Test
        void isToldFirstWhatItHasNotAcknowledgedAndOfEachClientTheNewest() {
            beginCaughtUp();
            offer("a", 1);
            offer("b", 1);
            offer("c", 1);
            drained();
            offer("d", 1);
            queue.acknowledge(link, 1);
            queue.end();
            offer("b", 2);
            assertThat(begin(NONCE)).isTrue();
            assertThat(drained()).containsExactly("b2", "c1", "d1");
        }

        @Test
        void isToldThroughManyShortLinksOnWhichItAcknowledgesNothing() {
            beginCaughtUp();
            for (int i = 0; i < 9; i++) {
                offer("c" + i, 1);
                drained();
                queue.end();
                assertThat(begin(NEXT_NONCE)).isTrue();
            }
            assertThat(drained()).hasSize(9);
        }

        @Test
        void isNotToldWhatItHasTaughtMeanwhileUnlessItWasAnotherProcess() {
            beginCaughtUp();
            queue.end();
            offer("a", 1);
            offer("b", 1);
            queue.forget(location("a", 1), NEXT_NONCE);
            queue.forget(location("b", 1), OTHER_LIFE);
            assertThat(begin(NONCE)).isTrue();
            assertThat(drained()).containsExactly("b1");
        }

        @Test
        void isComparedWithIfItMissedTooMuch() {
            beginCaughtUp();
            queue.end();
            for (int i = 0; i < MOST; i++) {
                offer("c" + i, 1);
            }
            assertThat(queue.size()).isEqualTo(MOST);
            offer("one-more", 1);
            assertThat(queue.size()).as("kept").isZero();
            offer("later", 1);
            assertThat(begin(NONCE)).isFalse();
            assertThat(drained()).isEmpty();
        }

        @Test
        void isComparedWithIfTooMuchWasUnderWayAndNotIfAllOfThatArrived() {
            beginCaughtUp();
            for (int i = 0; i <= MOST; i++) {
                offer("c" + i, 1);
            }
            drained();
            offer("a", 1);
            drained();
            queue.end();
            assertThat(begin(NONCE)).isFalse();
            queue.caughtUp();
            for (int i = 0; i <= MOST; i++) {
                offer("c" + i, 2);
            }
            drained();
            assertThat(queue.acknowledge(link, MOST + 1)).isTrue();
            offer("a", 2);
            drained();
            queue.end();
            assertThat(begin(NONCE)).isTrue();
            assertThat(drained()).containsExactly("a2");
        }
    }

    @Nested
    class OneThatMayLackAnything {
        @ParameterizedTest
        @ValueSource(strings = {OTHER_LIFE, "1111", ""})
        void sinceItIsAnotherProcessIsComparedWithAndToldFirstWhatTheOneBeforeMissed(String nonce) {
            beginCaughtUp();
            offer("a", 1);
            drained();
            queue.end();
            offer("b", 1);
            assertThat(begin(nonce)).isFalse();
            assertThat(drained()).containsExactly("a1", "b1");
            queue.end();
            assertThat(begin(nonce)).as("before it has been compared with").isFalse();
            assertThat(drained()).isEmpty();
        }

        @Test
        void sinceItNeverHadALinkIsComparedWith() {
            offer("a", 1);
            assertThat(queue.size()).isZero();
            assertThat(begin(NONCE)).isFalse();
        }

        @Test
        void sinceTheFirstComparisonWasCutOffIsComparedWith() {
            begin(NONCE);
            queue.acknowledge(link, 0);
            queue.addSent(List.of(location("a", 1)));
            queue.acknowledge(link, 1);
            queue.end();
            assertThat(begin(NONCE)).isFalse();
        }

        @Test
        void sinceWhatThatFoundMissingHasNotArrivedIsComparedWith() {
            begin(NONCE);
            queue.addSent(List.of(location("a", 1), location("b", 1)));
            queue.caughtUp();
            queue.acknowledge(link, 1);
            queue.end();
            assertThat(begin(NONCE)).isFalse();
            queue.addSent(List.of(location("b", 1)));
            queue.caughtUp();
            queue.acknowledge(link, 1);
            queue.end();
            assertThat(begin(NONCE)).isTrue();
        }

        @Test
        void sinceItAcknowledgesNothingIsComparedWith() {
            begin(NONCE);
            queue.caughtUp();
            queue.end();
            assertThat(begin(NONCE)).isFalse();
        }
    }

    @Nested
    class TheBudget {
        private final FloodQueue other = new FloodQueue(budget);

        /** Updates of one client, so that all but the last are in no store any more. */
        private void send(int updates) {
            for (int i = 0; i < updates; i++) {
                offer("a", i);
                drained();
            }
        }

        @Test
        void boundsWhatIsKeptForANeighbourThatAcknowledgesNothingMore() {
            beginCaughtUp();
            send(MOST);
            assertThat(budget.used()).isEqualTo(MOST);
            send(1);
            assertThat(budget.used()).isZero();
            send(10);
            assertThat(budget.used()).as("before it acknowledges something").isZero();
            queue.acknowledge(link, 5);
            send(10);
            assertThat(budget.used()).isEqualTo(10);
            queue.end();
            assertThat(begin(NONCE)).as("what was dropped has arrived").isFalse();
        }

        @Test
        void isThatOfAllLinksTogether() {
            beginCaughtUp();
            send(MOST);
            Object otherLink = new Object();
            other.begin(otherLink, NONCE);
            other.acknowledge(otherLink, 0);
            other.caughtUp();
            other.end();
            other.offer("a", location("a", 1));
            assertThat(budget.used()).isEqualTo(MOST);
            assertThat(other.begin(otherLink, NONCE)).as("there was room to keep that").isFalse();
        }

        @Test
        void countsALongLineForMore() {
            beginCaughtUp();
            offer("a".repeat(1_000), 1);
            drained();
            assertThat(budget.used()).isEqualTo(location("a".repeat(1_000), 1).weight()).isGreaterThan(1);
        }

        @Test
        void isNotUsedUpByAComparisonNorByWhatWaitsWhileALinkIsUp() {
            begin(NONCE);
            queue.addSent(new RandomLocations(1).history(10, 10));
            queue.caughtUp();
            offer("a", 1);
            assertThat(budget.used()).isZero();
        }

        @Test
        void isGivenBackByWhatArrivesWhatIsKnownAndWhatGoesOut() {
            beginCaughtUp();
            send(3);
            queue.acknowledge(link, 2);
            assertThat(budget.used()).isEqualTo(1);
            offer("b", 1);
            queue.end();
            offer("b", 2);
            offer("c", 1);
            assertThat(budget.used()).isEqualTo(3);
            queue.forget(location("c", 1), NONCE);
            assertThat(budget.used()).isEqualTo(2);
            begin(NONCE);
            assertThat(budget.used()).isZero();
            assertThat(drained()).containsExactly("a2", "b2");
            assertThat(budget.used()).isEqualTo(2);
            queue.end();
            queue.discard();
            offer("c", 2);
            assertThat(budget.used()).isZero();
        }
    }

    @Nested
    class AnAcknowledgement {
        @Test
        void ofWhatWasNeverSentOrOfLessThanBeforeIsImpossible() {
            beginCaughtUp();
            offer("a", 1);
            assertThat(queue.acknowledge(link, 1)).as("it is not drained").isFalse();
            drained();
            assertThat(queue.acknowledge(link, 1)).isTrue();
            assertThat(queue.acknowledge(link, 0)).isFalse();
        }

        @Test
        void thatComesLateFromAnEarlierLinkIsPassedOver() {
            beginCaughtUp();
            Object earlier = link;
            offer("a", 1);
            drained();
            queue.end();
            begin(NONCE);
            drained();
            assertThat(queue.acknowledge(earlier, 1)).isTrue();
            queue.end();
            begin(NONCE);
            assertThat(drained()).containsExactly("a1");
        }
    }

    @Nested
    class AProcessThatHasFollowedAnother {
        @Test
        void isOwedAllUntilItIsTaughtAndHasAcknowledged() {
            beginCaughtUp();
            queue.end();
            assertThat(queue.owesAll(OTHER_LIFE)).as("before a link to it is up").isTrue();
            begin(OTHER_LIFE);
            List<Location> all = new RandomLocations(1).history(1000, 1000);
            queue.addSent(all);
            assertThat(queue.owesAll(OTHER_LIFE)).as("more may come").isTrue();
            queue.caughtUp();
            assertThat(queue.owesAll(OTHER_LIFE)).as("it is on the way").isTrue();
            queue.acknowledge(link, all.size() - 10);
            assertThat(queue.owesAll(OTHER_LIFE)).as("it has arrived").isFalse();
            queue.addSent(all);
            assertThat(queue.owesAll(OTHER_LIFE)).as("that was not owed").isFalse();
        }

        @Test
        void isOwedNothingWhereNoneWasKnownBefore() {
            assertThat(queue.owesAll(NONCE)).isFalse();
            begin(NONCE);
            assertThat(queue.owesAll(NONCE)).isFalse();
        }
    }

    /** A neighbour, the lines on their way to it, and the store beside the queue; all that can happen, in any order. */
    @Test
    void isMadeGoodInAnyHistoryOfCutsAndRestarts() {
        int covered = 0;
        for (long seed = 0; seed < 3_000; seed++) {
            covered += new History(seed).run();
        }
        assertThat(covered).as("links that began without a comparison").isGreaterThan(2_000);
    }

    private static final class History {
        private final long seed;
        private final Random random;
        private final KeepBudget budget = new KeepBudget(() -> 8 * KeepBudget.PART_OF_CLIENTS);
        private final FloodQueue queue = new FloodQueue(budget);
        private final Map<String, Location> store = new HashMap<>();
        private final Deque<Location> onTheWay = new ArrayDeque<>();
        private Map<String, Location> theirs = new HashMap<>();
        private String nonce = NONCE;
        private Object link;
        private long arrived;
        private int covered;

        History(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        int run() {
            for (Location location : new RandomLocations(seed).history(80, 8)) {
                accept(location);
                step();
            }
            if (link == null) {
                begin();
            }
            List<Location> rest = new ArrayList<>();
            queue.drain(rest, Integer.MAX_VALUE);
            onTheWay.addAll(rest);
            arrive(onTheWay.size());
            assertThat(theirs).as("what the neighbour knows, seed %d", seed).isEqualTo(store);
            queue.discard();
            assertThat(budget.used()).as("of the budget, seed %d", seed).isZero();
            return covered;
        }

        private void accept(Location location) {
            Location before = store.get(location.client());
            if (before == null || Location.wins(location, before)) {
                store.put(location.client(), location);
                if (random.nextInt(4) == 0 && link != null) {
                    // The neighbour has brought it.
                    theirs.merge(location.client(), location, Location::newest);
                    queue.forget(location, nonce);
                } else {
                    queue.offer(location.client(), location);
                }
            }
        }

        private void step() {
            switch (random.nextInt(8)) {
                case 0 -> cut();
                case 1 -> restart();
                case 2, 3 -> {
                    if (link == null) {
                        begin();
                    }
                }
                case 4 -> send();
                case 5 -> arrive(random.nextInt(onTheWay.size() + 1));
                default -> acknowledge();
            }
        }

        private void begin() {
            link = new Object();
            arrived = 0;
            if (queue.begin(link, nonce)) {
                covered++;
                return;
            }
            // A comparison, which may be cut off before what it found has arrived.
            List<Location> missing = store.values().stream()
                    .filter(location -> !location.equals(theirs.get(location.client()))).toList();
            queue.addSent(missing);
            onTheWay.addAll(missing);
            queue.caughtUp();
        }

        private void send() {
            if (link != null) {
                List<Location> drained = new ArrayList<>();
                queue.drain(drained, 1 + random.nextInt(5));
                onTheWay.addAll(drained);
                if (!drained.isEmpty() && random.nextBoolean()) {
                    send();
                }
            }
        }

        private void arrive(int count) {
            for (int i = 0; i < count; i++) {
                Location location = onTheWay.remove();
                theirs.merge(location.client(), location, Location::newest);
                arrived++;
            }
        }

        private void acknowledge() {
            if (link != null) {
                assertThat(queue.acknowledge(link, arrived)).as("seed %d", seed).isTrue();
            }
        }

        private void cut() {
            if (link != null) {
                link = null;
                queue.end();
                // Some of it may arrive nevertheless.
                arrive(random.nextInt(onTheWay.size() + 1));
                onTheWay.clear();
            }
        }

        private void restart() {
            if (random.nextInt(3) == 0) {
                cut();
                nonce = Long.toHexString(random.nextLong() | Long.MIN_VALUE) + "0".repeat(32);
                theirs = new HashMap<>();
            }
        }
    }
}
