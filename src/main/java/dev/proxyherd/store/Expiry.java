package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Which locations are too old to count. All servers of a herd must agree on the age, their clocks need not agree.
 *
 * @param after the age by the client's own time at which a location is dropped; zero means never
 * @param clock this server's clock
 */
public record Expiry(Duration after, InstantSource clock) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Whether locations expire at all. */
    public boolean isOn() {
        return !after.isZero();
    }

    /** Locations of a client time before this have expired; POSIX nanoseconds, 0 when none does. */
    public long cutoffNanos() {
        return isOn() ? Math.max(0, nanos(clock.instant()) - after.toNanos()) : 0;
    }

    /** Whether the location has expired. */
    public boolean isPast(Location location) {
        return isOn() && location.timeNanos() < cutoffNanos();
    }

    /** An instant as POSIX nanoseconds. */
    public static long nanos(Instant instant) {
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }
}
