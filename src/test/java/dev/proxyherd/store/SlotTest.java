package dev.proxyherd.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SlotTest {
    private static final Location FIRST = RandomLocations.at("AT Alford +0.000000000 kiwi +34-118 7");
    private static final Location NEXT = RandomLocations.at("AT Bolden +10.000000000 kiwi +1+1 8");

    private final Slot bottom = new Slot(Location.idOnly(""));
    private final Slot slot = new Slot(FIRST);

    @Nested
    class Holding {
        @Test
        void replacesWhatItHoldsAndNothingElse() {
            assertThat(slot.replace(NEXT, FIRST)).isFalse();
            assertThat(slot.replace(FIRST, NEXT)).isTrue();
            assertThat(slot.location()).isSameAs(NEXT);
        }

        @Test
        void dropsWhatItHoldsAndNothingElse() {
            assertThat(slot.drop(NEXT)).isFalse();
            assertThat(slot.location()).isSameAs(FIRST);
            assertThat(slot.drop(FIRST)).isTrue();
            assertThat(slot.location()).isNull();
            assertThat(slot.replace(FIRST, NEXT)).as("used again").isFalse();
        }
    }

    @Nested
    class AsAKey {
        private final Map<Slot, Slot> map = new HashMap<>(Map.of(slot, slot));

        private Slot found(String client) {
            return map.get(new Slot(Location.idOnly(client)));
        }

        @Test
        void isFoundByItsClientWhateverItHolds() {
            assertThat(found("kiwi")).isSameAs(slot);
            slot.replace(FIRST, NEXT);
            assertThat(found("kiwi")).isSameAs(slot);
            slot.drop(NEXT);
            assertThat(found("kiwi")).isSameAs(slot);
            assertThat(map.remove(slot, slot)).isTrue();
        }

        @Test
        void isNotFoundByAnotherClient() {
            assertThat(List.of("kiw", "kiwi2", "Kiwi", "", "a"))
                    .allSatisfy(client -> assertThat(found(client)).isNull());
        }

        /** Strings of these two pieces have one hash if they have as many pieces. */
        @Test
        void isFoundAmongManyThatHaveItsHash() {
            Map<Slot, Slot> alike = new ConcurrentHashMap<>();
            int bits = 12;
            for (int i = 0; i < 1 << bits; i++) {
                StringBuilder id = new StringBuilder();
                for (int bit = 0; bit < bits; bit++) {
                    id.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                }
                Slot one = new Slot(RandomLocations.at("AT A +0.000000000 " + id + " +1+1 1"));
                alike.put(one, one);
                assertThat(one.hashCode()).isEqualTo(new Slot(Location.idOnly("Aa".repeat(bits))).hashCode());
            }
            assertThat(alike).hasSize(1 << bits);
            alike.keySet().forEach(one -> assertThat(alike.get(
                    new Slot(Location.idOnly(String.valueOf(one.location()).split(" ")[3])))).isSameAs(one));
        }
    }

    @Nested
    class InAStack {
        @Test
        void isClaimedOnceUntilItIsTakenFromTheStack() {
            assertThat(slot.claim(bottom)).isTrue();
            assertThat(slot.claim(bottom)).isFalse();
            slot.setNextChanged(null);
            assertThat(slot.claim(bottom)).isTrue();
        }

        @Test
        void hasANextOneWhileItIsInTheStack() {
            assertThat(slot.nextChanged()).isNull();
            slot.claim(bottom);
            assertThat(slot.nextChanged()).isSameAs(bottom);
            slot.setNextChanged(null);
            assertThat(slot.nextChanged()).isNull();
        }
    }
}
