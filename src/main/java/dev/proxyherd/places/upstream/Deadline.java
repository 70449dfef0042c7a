package dev.proxyherd.places.upstream;

import java.util.function.LongSupplier;

/**
 * The moment at which a lookup must have its answer, whatever it is waiting for.
 *
 * @param nanos the clock, in nanoseconds, that no one sets
 * @param endNanos that moment by it
 */
public record Deadline(LongSupplier nanos, long endNanos) {

    /** Nanoseconds left; 0 or less when it is over. */
    public long remainingNanos() {
        return endNanos - nanos.getAsLong();
    }

    /** Whether a wait of so many nanoseconds leaves time for anything after it. */
    boolean allows(long waitNanos) {
        return waitNanos < remainingNanos();
    }
}
