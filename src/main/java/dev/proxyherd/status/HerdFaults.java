package dev.proxyherd.status;

import dev.proxyherd.server.HerdSurvey;
import dev.proxyherd.store.Clocks;
import java.util.ArrayList;
import java.util.List;

/** What a survey shows that takes a person to mend, though all servers may answer and know the same. */
public final class HerdFaults {
    private static final ClockReading HERE = new ClockReading(0, 0);

    private HerdFaults() {
    }

    /** The faults in words, each naming its server; empty when there are none. The clock here counts as one more. */
    public static List<String> of(List<HerdSurvey.Found> servers) {
        return of(servers, List.of(HERE));
    }

    /** The same, as one of these servers sees it: the clock here is its own. */
    public static List<String> seenByOneOf(List<HerdSurvey.Found> servers) {
        return of(servers, List.of());
    }

    private static List<String> of(List<HerdSurvey.Found> servers, List<ClockReading> here) {
        List<HerdSurvey.Found> answered = answered(servers);
        ClockReading right = right(here, answered);
        List<String> faults = new ArrayList<>();
        for (HerdSurvey.Found server : wrong(answered, right)) {
            faults.add("the clock of " + server.name() + " is "
                    + Clocks.words(server.clock().aheadNanos() - right.aheadNanos()) + ' '
                    + (right == HERE ? "that of this machine" : "most others") + "; " + Clocks.MEND);
        }
        for (HerdSurvey.Found server : answered) {
            server.status().links().stream().filter(link -> link.namesake() != null)
                    .forEach(link -> faults.add(server.name() + ": " + link.namesake()));
        }
        return List.copyOf(faults);
    }

    /** Whether the clocks of the servers differ by more than is tolerated, from each other or from the one here. */
    public static boolean hasWrongClock(List<HerdSurvey.Found> servers) {
        List<HerdSurvey.Found> answered = answered(servers);
        return !wrong(answered, right(List.of(HERE), answered)).isEmpty();
    }

    private static List<HerdSurvey.Found> answered(List<HerdSurvey.Found> servers) {
        return servers.stream().filter(server -> server.status() != null).toList();
    }

    private static List<HerdSurvey.Found> wrong(List<HerdSurvey.Found> answered, ClockReading right) {
        return answered.stream().filter(server -> differ(server.clock(), right)).toList();
    }

    /** The clock that most agree with, and of several the first. */
    private static ClockReading right(List<ClockReading> here, List<HerdSurvey.Found> answered) {
        List<ClockReading> clocks = new ArrayList<>(here);
        answered.forEach(server -> clocks.add(server.clock()));
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
