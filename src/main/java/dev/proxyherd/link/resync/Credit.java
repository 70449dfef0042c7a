package dev.proxyherd.link.resync;

import dev.proxyherd.protocol.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * How much a neighbour may be sent in a comparison of clients that it may not know: as much as it has said that it takes. One
 * thread.
 */
final class Credit {
    private long left;
    private boolean scarce;
    private boolean keptBack;

    /**
     * A comparison begins.
     *
     * @param room what the neighbour takes, by weight
     * @param ofAll whether it covers all buckets, so that it finds again what was kept back before
     */
    void begin(long room, boolean ofAll) {
        left = room;
        scarce = room == 0;
        keptBack &= !ofAll;
    }

    /** Whether it lacks more than it takes, or may: then it must be asked whom it knows. */
    boolean isScarce() {
        return scarce;
    }

    /** Whether something was kept back that it lacks, in this or an earlier comparison. */
    boolean hasKeptBack() {
        return keptBack;
    }

    /** Something is kept back. */
    void keepBack() {
        keptBack = true;
    }

    /** Both know the same. */
    void forgetKeptBack() {
        keptBack = false;
    }

    /** Whether nothing is left, though there is more to send. */
    boolean isUsedUp() {
        return left == 0 && keptBack;
    }

    /** Takes all of these off; false, and nothing is taken, if less than that is left: it is scarce then. */
    boolean covers(List<Location> missing) {
        long weight = missing.stream().mapToLong(Location::weight).sum();
        scarce |= weight > left;
        left -= scarce ? 0 : weight;
        return !scarce || missing.isEmpty();
    }

    /** Of these, those of clients that were forgotten or that the neighbour knows, and of the others as many as are covered. */
    List<Location> choose(List<Location> missing, Predicate<Location> known) {
        List<Location> chosen = new ArrayList<>();
        for (Location location : missing) {
            if (known.test(location)) {
                chosen.add(location);
            } else if (location.isGone()) {
                left = Math.max(0, left - location.weight());
                chosen.add(location);
            } else if (location.weight() <= left) {
                left -= location.weight();
                chosen.add(location);
            } else {
                keptBack = true;
            }
        }
        return chosen;
    }
}
