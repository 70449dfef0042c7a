package dev.proxyherd.journal;

import java.util.concurrent.locks.LockSupport;

/**
 * Lets the journal's thread rest after each burst of records, so that a long round does not keep a processor from those
 * who answer clients; a round that has lasted for a fraction of the time until the next rests no more, so that what was
 * answered is safe in time. One thread only.
 */
final class Pacing {
    static final int RECORDS = 256;
    static final long REST_NANOS = 1_000_000;

    /** Half of the time between two rounds. */
    private static final long RESTING_NANOS = 250_000_000;

    private final boolean resting;
    private int records;
    private long restsUntil = System.nanoTime();

    /** @param resting false where answers wait for the records */
    Pacing(boolean resting) {
        this.resting = resting;
    }

    /** A round begins. */
    void begin() {
        restsUntil = System.nanoTime() + RESTING_NANOS;
    }

    /** A record was written. */
    void count() {
        if (++records >= RECORDS) {
            records = 0;
            if (resting && System.nanoTime() - restsUntil < 0) {
                LockSupport.parkNanos(REST_NANOS);
            }
        }
    }
}
