package dev.proxyherd.status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The clocks of a herd's servers, and which of them are wrong: those that differ from the one that most agree with. */
final class HerdClocks {
    private static final Clock HERE = new Clock(null, new ClockReading(0, 0));

    private final List<Clock> clocks = new ArrayList<>();
    private final Clock right;

    /** The clock of a server, or of whoever asks from outside the herd. */
    private record Clock(@Nullable String server, ClockReading reading) {

        boolean differsFrom(Clock other) {
            long apart = Math.abs(reading.aheadNanos() - other.reading.aheadNanos());
            return Clocks.differ(Math.max(0, apart - reading.errorNanos() - other.reading.errorNanos()));
        }
    }

    HerdClocks(HerdStatus herd) {
        if (herd.seenFrom() == null) {
            clocks.add(HERE);
        }
        for (ServerAnswer server : herd.servers()) {
            if (server.clock() != null) {
                clocks.add(new Clock(server.name(), server.clock()));
            }
        }
        right = mostAgreed();
    }

    /** The clock that most agree with, and of several the first. */
    private Clock mostAgreed() {
        Clock found = HERE;
        long most = 0;
        for (Clock clock : clocks) {
            long agree = clocks.stream().filter(other -> !clock.differsFrom(other)).count();
            if (agree > most) {
                found = clock;
                most = agree;
            }
        }
        return found;
    }

    private List<Clock> wrong() {
        return clocks.stream().filter(clock -> clock.server() != null && clock.differsFrom(right)).toList();
    }

    /** By how much the clock of each server that answered is ahead of the one that most agree with, nanoseconds. */
    Map<String, Long> offsets() {
        Map<String, Long> offsets = new LinkedHashMap<>();
        for (Clock clock : clocks) {
            if (clock.server() != null) {
                offsets.put(clock.server(), clock.reading().aheadNanos() - right.reading().aheadNanos());
            }
        }
        return offsets;
    }

    /** Whether the clock of a server is wrong. */
    boolean isOneWrong() {
        return !wrong().isEmpty();
    }

    /** The wrong clocks in words, each naming its server. */
    List<String> faults() {
        return wrong().stream()
                .map(clock -> "the clock of " + clock.server() + " is "
                        + Clocks.words(clock.reading().aheadNanos() - right.reading().aheadNanos()) + ' '
                        + (right.server() == null ? "that of this machine" : "most others") + "; " + Clocks.REPAIR)
                .toList();
    }
}
