package dev.proxyherd.places.upstream;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Spaces requests evenly, without bursts: each takes the next free moment, if that comes before its deadline. */
final class RateLimit {
    /** Returned instead of a wait that the deadline does not allow; no moment is taken then. */
    static final long TOO_LATE = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final LongSupplier nanos;
    private final long intervalNanos;
    private long nextFree;

    /** @param perSecond 0 for no limit */
    RateLimit(double perSecond, LongSupplier nanos) {
        this.nanos = nanos;
        this.intervalNanos = perSecond == 0 ? 0 : (long) (1e9 / perSecond);
        this.nextFree = nanos.getAsLong();
    }

    /** Takes the next free moment: how many nanoseconds until then, or {@link #TOO_LATE}. */
    long reserve(Deadline deadline) {
        if (intervalNanos == 0) {
            return 0;
        }
        lock.lock();
        try {
            long now = nanos.getAsLong();
            long wait = Math.max(0, nextFree - now);
            if (!deadline.allows(wait)) {
                return TOO_LATE;
            }
            nextFree = now + wait + intervalNanos;
            return wait;
        } finally {
            lock.unlock();
        }
    }
}
