package dev.proxyherd.server;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Drops what has expired from a store, now and then; a virtual thread of its own calls {@link #round} again and again.
 *
 * @param told is told of all that is dropped
 */
record ExpirySweep(LocationStore store, Expiry expiry, Consumer<Location> told) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int PARTS = 20;

    /** Waits for the next sweep, and sweeps; true, for there is always another. */
    boolean round() throws InterruptedException {
        Thread.sleep(period());
        store.dropBefore(expiry.cutoffs(), told);
        return true;
    }

    private Duration period() {
        Duration shorter = expiry.after().isZero() || (!expiry.forgetKeep().isZero()
                && expiry.forgetKeep().compareTo(expiry.after()) < 0) ? expiry.forgetKeep() : expiry.after();
        Duration part = shorter.dividedBy(PARTS);
        if (part.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return part.compareTo(LONGEST) > 0 ? LONGEST : part;
    }
}
