package dev.proxyherd.server;

import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import java.time.Duration;

/** Drops what has expired from a store, now and then; a virtual thread of its own, which ends when interrupted. */
record ExpirySweep(LocationStore store, Expiry expiry) implements Runnable {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int PARTS = 20;

    @Override
    public void run() {
        Thread.currentThread().setName("expiry");
        try {
            while (true) {
                Thread.sleep(period());
                sweep();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            store.dropBefore(expiry.cutoffNanos());
        } catch (RuntimeException | Error e) {
            // Memory may run out here as anywhere; the next sweep does what this one could not.
        }
    }

    private Duration period() {
        Duration part = expiry.after().dividedBy(PARTS);
        if (part.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return part.compareTo(LONGEST) > 0 ? LONGEST : part;
    }
}
