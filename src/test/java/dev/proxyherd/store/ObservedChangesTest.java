package dev.proxyherd.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.protocol.SipHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who observes a store is told of what is taken in, and then the store holds it already. */
class ObservedChangesTest {
    private static final Location OLDER = RandomLocations.at("AT Alford +0.000000000 kiwi +34-118 7");
    private static final Location NEWER = RandomLocations.at("AT Welsh +9.000000000 kiwi +1+1 8");

    private final List<String> noted = new ArrayList<>();
    private final LocationStore store =
            new LocationStore(SipHash.unkeyed(), slot -> noted.add(Objects.requireNonNull(slot.location()).toString()));

    @Nested
    class Taking {
        @Test
        void tellsOfWhatWins() {
            assertThat(store.take(OLDER)).hasToString(OLDER.toString());
            assertThat(store.take(NEWER)).hasToString(NEWER.toString());
            assertThat(noted).containsExactly(OLDER.toString(), NEWER.toString());
        }

        @Test
        void tellsNothingOfWhatDoesNot() {
            store.take(NEWER);
            noted.clear();
            assertThat(store.take(OLDER)).isNull();
            assertThat(store.take(NEWER)).isNull();
            assertThat(noted).isEmpty();
        }
    }

    @Test
    void mergingTellsNothing() {
        assertThat(store.merge(OLDER)).isTrue();
        assertThat(noted).isEmpty();
    }

    @Nested
    class NotingAnew {
        @Test
        void tellsOfAClientThatIsKnown() {
            store.merge(OLDER);
            store.noteChanged(NEWER);
            store.noteChanged(Location.idOnly("emu"));
            assertThat(noted).containsExactly(OLDER.toString());
        }

        @Test
        void tellsNobodyWhereNobodyObserves() {
            LocationStore unobserved = new LocationStore();
            unobserved.take(OLDER);
            unobserved.noteChanged(OLDER);
            assertThat(unobserved.find("kiwi")).hasToString(OLDER.toString());
        }
    }
}
