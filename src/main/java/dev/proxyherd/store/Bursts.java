package dev.proxyherd.store;

import java.util.concurrent.locks.LockSupport;

/**
 * Lets the journal's thread rest after each burst of records, so that a long round does not keep a processor from those
 * who answer clients; all rests of a round together take a fraction of the time until the next. One thread only.
 */
final class Bursts {
    private static final int RECORDS = 256;
    private static final int MAX_RESTS = 200;
    private static final long REST_NANOS = 1_000_000;

    private final boolean resting;
    private int records;
    private int restsLeft;

    /** @param resting false where answers wait for the records */
    Bursts(boolean resting) {
        this.resting = resting;
    }

    /** A round begins. */
    void begin() {
        restsLeft = resting ? MAX_RESTS : 0;
    }

    /** A record was written. */
    void count() {
        if (++records >= RECORDS) {
            records = 0;
            if (restsLeft > 0) {
                restsLeft--;
                LockSupport.parkNanos(REST_NANOS);
            }
        }
    }
}
