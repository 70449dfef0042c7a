package dev.proxyherd.journal;

import dev.proxyherd.store.LocationStore;

/**
 * When a journal must be written anew since clients were forgotten: what was known of them is to leave the disk. For the
 * journal's thread.
 */
final class Erasure {
    private final LocationStore store;
    private final long delayNanos;
    private long seen;
    private boolean wanted;
    private boolean underWay;
    private long dueAt;

    /** @param delayNanos how long to wait for more of them, so that one new file serves for all */
    Erasure(LocationStore store, long delayNanos) {
        this.store = store;
        this.delayNanos = delayNanos;
    }

    /**
     * The journal has been replayed: clients that it forgot long ago are none to be erased.
     *
     * @param holdsErased whether the file still holds what one of them was known by
     */
    void replayed(boolean holdsErased) {
        seen = store.erasures();
        if (holdsErased) {
            want();
        }
    }

    /** Whether it is time. */
    boolean isDue() {
        long now = store.erasures();
        if (now != seen) {
            seen = now;
            want();
        }
        return wanted && System.nanoTime() - dueAt >= 0;
    }

    private void want() {
        if (!wanted) {
            wanted = true;
            dueAt = System.nanoTime() + delayNanos;
        }
    }

    /** A new file is begun, before the store is looked at; who is forgotten later may be in it. */
    void begin() {
        underWay = wanted;
        wanted = false;
    }

    /** That file is in use, or was given up. */
    void end(boolean taken) {
        if (underWay && !taken) {
            want();
        }
        underWay = false;
    }
}
