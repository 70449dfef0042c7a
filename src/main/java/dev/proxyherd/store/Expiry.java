package dev.proxyherd.store;

import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Which locations are too old to count. All servers of a herd must agree on the ages, their clocks need not agree.
 *
 * @param after the age by the client's own time at which a location is dropped; zero means never
 * @param forgetKeep the age at which it is dropped that a client was forgotten; zero means never
 * @param clock this server's clock
 */
public record Expiry(Duration after, Duration forgetKeep, InstantSource clock) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** GONE lines stay so much longer: a server that was away for almost their age must still be taught them. */
    private static final Duration GONE_SLACK = Duration.ofMinutes(1);

    /** With GONE lines that are kept for good. */
    public Expiry(Duration after, InstantSource clock) {
        this(after, Duration.ZERO, clock);
    }

    /** Whether anything is dropped at all. */
    public boolean isOn() {
        return !after.isZero() || !forgetKeep.isZero();
    }

    /** What has expired by now. */
    public Cutoffs cutoffs() {
        return isOn() ? new Cutoffs(ago(after), forgetKeep.isZero() ? 0 : ago(forgetKeep.plus(GONE_SLACK)))
                : Cutoffs.NONE;
    }

    private long ago(Duration age) {
        return age.isZero() ? 0 : Math.max(0, nanos(clock.instant()) - age.toNanos());
    }

    /** Whether the location has expired. */
    public boolean isPast(Location location) {
        return isOn() && cutoffs().isPast(location);
    }

    /** An instant as POSIX nanoseconds. */
    public static long nanos(Instant instant) {
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }
}
