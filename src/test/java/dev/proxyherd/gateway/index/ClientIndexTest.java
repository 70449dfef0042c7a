package dev.proxyherd.gateway.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the index forgets, as the cutoff moves with a clock that is not always right. */
class ClientIndexTest {
    private static final long NOW = 1_400_000_000L;
    private static final long YEAR = 365 * 86_400L;

    private final ClientIndex index = new ClientIndex(new ChangeSignal(), 100_000);

    private void report(String client, long seconds) {
        byte[] line = ("AT Alford +0.000000000 " + client + " +34-118 " + seconds).getBytes(StandardCharsets.US_ASCII);
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
