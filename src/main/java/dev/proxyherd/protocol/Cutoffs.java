package dev.proxyherd.protocol;

/**
 * What a server has dropped for its age: locations of a client time before one, and GONE lines of a time before another.
 *
 * @param locationNanos POSIX nanoseconds; 0 when locations do not expire
 * @param goneNanos likewise for GONE lines
 */
public record Cutoffs(long locationNanos, long goneNanos) {
    /** Nothing is dropped. */
    public static final Cutoffs NONE = new Cutoffs(0, 0);

    /** Whether the location is so old. */
    public boolean isPast(Location location) {
        return location.timeNanos() < (location.isGone() ? goneNanos : locationNanos);
    }

    /** The later of both, for each kind. */
    public Cutoffs newest(Cutoffs other) {
        return new Cutoffs(Math.max(locationNanos, other.locationNanos), Math.max(goneNanos, other.goneNanos));
    }
}
