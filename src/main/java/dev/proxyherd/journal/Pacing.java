package dev.proxyherd.journal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Lets the journal's thread rest after each burst of records, so that a long round does not keep a processor from those
 * who answer clients; a round that has lasted for a fraction of the time until the next rests no more, so that what was
 * answered is safe in time. One thread only.
 */
final class Pacing {
    static final int RECORDS = 256;
    static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** So long into a round there are rests: half of the time between two rounds. */
    static final long RESTING_NANOS = GroupCommit.INTERVAL.toNanos() / 2;

    private final boolean resting;
    private final LongSupplier nanoTime;
    private final Runnable rest;
    private int records;
    private long restsUntil;

    /** @param resting false where answers wait for the records */
    Pacing(boolean resting) {
        this(resting, System::nanoTime, () -> LockSupport.parkNanos(REST_NANOS));
    }

    Pacing(boolean resting, LongSupplier nanoTime, Runnable rest) {
        this.resting = resting;
        this.nanoTime = nanoTime;
        this.rest = rest;
        this.restsUntil = nanoTime.getAsLong();
    }

    /** A round begins. */
    void begin() {
        restsUntil = nanoTime.getAsLong() + RESTING_NANOS;
    }

    /** A record was written. */
    void count() {
        if (++records >= RECORDS) {
            records = 0;
            if (resting && nanoTime.getAsLong() - restsUntil < 0) {
                rest.run();
            }
        }
    }
}
