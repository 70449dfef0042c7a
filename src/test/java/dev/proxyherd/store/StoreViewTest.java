package dev.proxyherd.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StoreViewTest {
    private static final Location KIWI = RandomLocations.at("AT Alford +0.000000001 kiwi +34-118 900");
    private static final Location EXPIRED = RandomLocations.at("AT Alford +0.000000001 emu +34-118 899");

    private final LocationStore store = new LocationStore();
    private final Expiry expiry = new Expiry(Duration.ofSeconds(100), () -> Instant.ofEpochSecond(1000));

    @Nested
    class OfAStoreThatIsNotKept {
        private final StoreView view = new StoreView(store, expiry, null);

        @Test
        void isReadyAtOnce() {
            assertThat(view.isReady()).isTrue();
        }

        @Test
        void tellsOfNothingThatIsUnknownOrHasExpired() {
            store.merge(KIWI);
            store.merge(EXPIRED);
            assertThat(view.find("kiwi")).hasToString(KIWI.toString());
            assertThat(view.find("emu")).isNull();
            assertThat(view.find("moa")).isNull();
        }
    }

    @Nested
    class WhileWhatWasKeptIsReplayed {
        private final Replay replay = new Replay();
        private final StoreView view = new StoreView(store, expiry, replay);

        @Test
        void isReadyOnceThatIsDone() {
            assertThat(view.isReady()).isFalse();
            replay.done = true;
            assertThat(view.isReady()).isTrue();
        }

        @Test
        void waitsForAClientThatIsUnknownYet() {
            replay.next = KIWI;
            assertThat(view.find("kiwi")).hasToString(KIWI.toString());
            assertThat(replay.awaited).isOne();
        }

        @Test
        void doesNotWaitForAClientThatIsKnown() {
            store.merge(KIWI);
            assertThat(view.find("kiwi")).isNotNull();
            assertThat(replay.awaited).isZero();
        }

        @Test
        void doesNotWaitOnceThatIsDone() {
            replay.done = true;
            replay.next = KIWI;
            assertThat(view.find("kiwi")).isNull();
            assertThat(replay.awaited).isZero();
        }
    }

    /** Gets on while somebody waits for it. */
    private final class Replay implements Durability {
        private boolean done;
        private @Nullable Location next;
        private int awaited;

        @Override
        public boolean isReplayed() {
            return done;
        }

        @Override
        public void awaitReplayed(Duration limit) {
            assertThat(limit).isPositive().isLessThan(Duration.ofMinutes(1));
            awaited++;
            if (next != null) {
                store.merge(next);
            }
        }

        @Override
        public boolean isAwaited() {
            return false;
        }

        @Override
        public void awaitSynced() {
        }

        @Override
        public void note(Slot slot) {
        }
    }
}
