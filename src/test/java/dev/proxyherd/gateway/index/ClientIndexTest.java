package dev.proxyherd.gateway.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the index forgets: as the cutoff moves with a clock that is not always right, and who was forgotten. */
class ClientIndexTest {
    private static final long NOW = 1_400_000_000L;
    private static final long YEAR = 365 * 86_400L;

    private final Set<String> gone = new HashSet<>();
    private final ClientIndex index = new ClientIndex("run", 100_000, gone::contains, ClientIndex.Follower.NONE);

    private void report(String client, long seconds) {
        take("AT Alford +0.000000000 " + client + " +34-118 " + seconds);
    }

    private void take(String text) {
        byte[] line = text.getBytes(StandardCharsets.US_ASCII);
        Location location = Location.parse(line, 0, line.length, 0);
        index.takeOver(() -> List.of(location));
    }

    private void cutOff(long seconds) {
        index.forgetBefore(seconds * 1_000_000_000L);
    }

    private List<String> known() {
        return index.after(0, null, 0, 100).locations().stream().map(Location::client).toList();
    }

    @Test
    void goesOnAfterTheClockWasAheadForAWhile() {
        report("apple", NOW);
        cutOff(NOW + YEAR);
        assertThat(known()).isEmpty();

        report("kiwi", NOW);
        report("pear", NOW + 60);
        cutOff(NOW - 10);
        assertThat(known()).containsExactly("kiwi", "pear");
        cutOff(NOW + 30);
        assertThat(known()).containsExactly("pear");
    }

    @Test
    void tellsOfAClientThatWasForgottenAndThatItCameBack() {
        report("kiwi", NOW);
        report("pear", NOW);
        long before = index.last();
        take("GONE Alford +0.000000000 kiwi " + NOW + ".000000001");
        assertThat(known()).containsExactly("pear");
        assertThat(index.nearest(34, -118, 1e9, 10)).hasSize(1);
        assertThat(index.news(before, before, null, 10).forgotten()).containsExactly("kiwi");
        report("kiwi", NOW + 1);
        assertThat(known()).containsExactly("pear", "kiwi");
    }

    @Test
    void takesNoLateNewsOfAClientThatTheStoreHasForgotten() {
        gone.add("kiwi");
        take("GONE Alford +0.000000000 kiwi " + NOW + ".000000001");
        report("kiwi", NOW);
        assertThat(known()).isEmpty();
        gone.clear();
        report("kiwi", NOW + 1);
        take("GONE Alford +0.000000000 kiwi " + NOW + ".000000001");
        assertThat(known()).as("its report is the later one").containsExactly("kiwi");
    }

    @Test
    void looksNotForEachSmallStepOfTheClock() {
        cutOff(NOW);
        report("kiwi", NOW - 10);
        cutOff(NOW + 4);
        cutOff(NOW - 4);
        assertThat(known()).containsExactly("kiwi");
        cutOff(NOW + 5);
        assertThat(known()).isEmpty();
    }
}
