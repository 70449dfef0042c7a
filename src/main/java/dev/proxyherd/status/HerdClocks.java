package dev.proxyherd.status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The clocks of a herd's servers, and which of them are wrong: those that differ from the one that most agree with. */
final class HerdClocks {
    private static final ClockReading HERE = new ClockReading(0, 0);

    private final Map<String, ClockReading> clocks = new LinkedHashMap<>();
    private final ClockReading right;

    HerdClocks(HerdStatus herd) {
        for (ServerAnswer server : herd.servers()) {
            if (server.clock() != null) {
                clocks.put(server.name(), server.clock());
            }
        }
        List<ClockReading> all = new ArrayList<>();
        if (herd.seenFrom() == null) {
            all.add(HERE);
        }
        all.addAll(clocks.values());
        right = mostAgreed(all);
    }

    /** The names of the servers whose clocks are wrong. */
    List<String> wrong() {
        return wrongClocks().map(Map.Entry::getKey).toList();
    }

    private Stream<Map.Entry<String, ClockReading>> wrongClocks() {
        return clocks.entrySet().stream().filter(server -> differ(server.getValue(), right));
    }

    /** The same in words. */
    @SuppressWarnings("ReferenceEquality") // A server that reads itself has a clock equal to HERE, and is another.
    List<String> faults() {
        return wrongClocks()
                .map(server -> "the clock of " + server.getKey() + " is "
                        + Clocks.words(server.getValue().aheadNanos() - right.aheadNanos()) + ' '
                        + (right == HERE ? "that of this machine" : "most others") + "; " + Clocks.REPAIR)
                .toList();
    }

    /** The clock that most agree with, and of several the first. */
    private static ClockReading mostAgreed(List<ClockReading> clocks) {
        ClockReading right = HERE;
        long most = 0;
        for (ClockReading clock : clocks) {
            long agree = clocks.stream().filter(other -> !differ(clock, other)).count();
            if (agree > most) {
                right = clock;
                most = agree;
            }
        }
        return right;
    }

    private static boolean differ(ClockReading one, ClockReading other) {
        long apart = Math.abs(one.aheadNanos() - other.aheadNanos());
        return Clocks.differ(Math.max(0, apart - one.errorNanos() - other.errorNanos()));
    }
}
