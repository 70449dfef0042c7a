package dev.proxyherd.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** When a run measures, and when it is over; times are those of {@link System#nanoTime}. Safe for any threads. */
public final class Window {
    /** How soon sleepers see that a run was ended early. */
    private static final long SLICE_NANOS = 100_000_000L;

    private final long start;
    private final long from;
    private final AtomicLong until;

    public Window(long start, long warmupNanos, long durationNanos) {
        this.start = start;
        this.from = start + warmupNanos;
        this.until = new AtomicLong(from + durationNanos);
    }

    public long start() {
        return start;
    }

    /** Whether something that happened then counts. */
    public boolean measures(long nanos) {
        return nanos - from >= 0 && !isOver(nanos);
    }

    public boolean isOver(long nanos) {
        return nanos - until.get() >= 0;
    }

    /** Ends the run early; does nothing when it is over already. */
    public void end(long nanos) {
        until.updateAndGet(planned -> nanos - planned < 0 ? nanos : planned);
    }

    /** From when on what happens counts. */
    public long from() {
        return from;
    }

    /** When the run is over. */
    public long until() {
        return until.get();
    }

    /** Seconds measured, once the run is over. */
    double seconds() {
        return Math.max(0, until.get() - from) / 1e9;
    }

    /** Waits until then or until the run is over, whichever comes first. */
    public void await(long nanos) {
        for (long now = System.nanoTime(); now - nanos < 0 && !isOver(now); now = System.nanoTime()) {
            LockSupport.parkNanos(Math.min(nanos - now, SLICE_NANOS));
        }
    }
}
