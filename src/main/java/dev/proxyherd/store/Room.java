package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * How many clients a server takes in, by whichever door they come. Without room no client is taken in that is not known,
 * and no location that weighs more than the known one of its client; all others are. That a client was forgotten is always
 * taken, and counts: operators have that written, the journal or a neighbour may hold what it erases, and whom it is not
 * told to does not pass it on. Safe for any number of threads, which do not wait for each other: as many as come at once may
 * all find the last place free, so there may be that many clients too many.
 */
public final class Room {
    /** By what a location comes in. */
    public enum Door {
        REPORT, LINK, JOURNAL
    }

    /** A full server counts as one that has room again when one place in so many is free: few come and go at all times. */
    private static final int SPARE_PART = 16;

    private final LocationStore store;
    private final Consumer<String> warnings;
    private final AtomicLongArray refused = new AtomicLongArray(Door.values().length);
    private final AtomicBoolean full = new AtomicBoolean();
    private final KeepBudget keepBudget = new KeepBudget(this::limit);
    private volatile int limit;

    /**
     * @param limit how many clients there is room for, by their {@link Location#weight weight}; 1 or more
     * @param warnings is told when there is no more room, and when there is again
     */
    public Room(LocationStore store, int limit, Consumer<String> warnings) {
        this.store = store;
        this.limit = limit;
        this.warnings = warnings;
    }

    /** A store's room without a limit. */
    public static Room unlimited(LocationStore store) {
        return new Room(store, Integer.MAX_VALUE, warning -> {});
    }

    /** What has this room. */
    public LocationStore store() {
        return store;
    }

    /** How much the links may keep besides what the store holds. */
    public KeepBudget keepBudget() {
        return keepBudget;
    }

    /** Whether a location may be merged; where it may not, that is counted. */
    public boolean admits(Location location, Door door) {
        if (location.isGone() || store.weight() < limit) {
            return true;
        }
        Location known = store.find(location);
        if (known != null && (location.weight() <= known.weight() || !Location.wins(location, known))) {
            return true;
        }
        refused.incrementAndGet(door.ordinal());
        look();
        return false;
    }

    /** How much more weight there is room for; 0 when there is none. */
    public int free() {
        look();
        return (int) Math.max(0, limit - store.weight());
    }

    /** Whether there is no room, or has been none and is little again. */
    public boolean isFull() {
        look();
        return full.get();
    }

    /** Tells when this has changed. */
    private void look() {
        int most = limit;
        long weight = store.weight();
        if (weight >= most && full.compareAndSet(false, true)) {
            warnings.accept("full: new clients are refused: as many are known as --max-clients allows, " + most
                    + "; more may need a larger heap, such as HERD_JAVA_OPTS=-Xmx8g");
        } else if (weight < most - most / SPARE_PART && full.compareAndSet(true, false)) {
            warnings.accept("there is room for new clients again");
        }
    }

    /** How many locations were refused at a door since the server started. */
    public long refused(Door door) {
        return refused.get(door.ordinal());
    }

    /** How many clients there is room for. */
    public int limit() {
        return limit;
    }

    /** Changes that; what is known stays known. */
    public void limit(int clients) {
        limit = clients;
    }
}
