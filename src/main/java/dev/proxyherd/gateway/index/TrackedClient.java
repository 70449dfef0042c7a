package dev.proxyherd.gateway.index;

import dev.proxyherd.geo.BoundingBox;
import dev.proxyherd.geo.MovingPoint;
import dev.proxyherd.protocol.Location;
import org.jspecify.annotations.Nullable;

/**
 * One client as the feed knows it: its location, which is where it is in the tree, where it stood before, and its place in
 * the change log.
 */
final class TrackedClient extends MovingPoint {
    private static final View[] NO_VIEWS = {};

    private @Nullable Location location;
    private double latitudeBefore = Double.NaN;
    private double longitudeBefore = Double.NaN;

    /** Where in {@link ChangeLog} it stands; -1 before its first change. */
    int logSlot = -1;

    /** Who sees it beside those who see all. */
    View[] views = NO_VIEWS;

    /** The number of the change before its last one, which brought it where it stood before; 0 if there was none. */
    long numberBefore;

    TrackedClient(String client) {
        super(client);
    }

    String client() {
        return id();
    }

    /** Null once the server has forgotten the client. */
    @Nullable
    Location location() {
        return location;
    }

    /** Whether its location is known, and of a client time before this, in POSIX nanoseconds. */
    boolean isOlderThan(long nanos) {
        return location != null && location.timeNanos() < nanos;
    }

    /** Whether its location is known, and of a client time after this, in POSIX seconds. */
    boolean isNewerThan(double seconds) {
        return location != null && location.timeNanos() > seconds * 1e9;
    }

    /** Takes the newer location over, before the tree moves it there. */
    void take(Location newer) {
        location = newer;
        latitudeBefore = latitude();
        longitudeBefore = longitude();
    }

    /**
     * Whether it may have stood in a box when the changes had come to a number that is before its last one. Only where
     * it stood before is known: if it has moved several times since, it may have been anywhere.
     */
    boolean mayHaveBeenIn(BoundingBox box, long number) {
        return numberBefore > number || box.contains(latitudeBefore, longitudeBefore);
    }

    void forget() {
        location = null;
    }
}
