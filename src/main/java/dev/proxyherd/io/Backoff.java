package dev.proxyherd.io;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: doubling from the least to the most, with jitter. One thread only. */
public final class Backoff {
    private final long minNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private long nextNanos;

    public Backoff(Duration min, Duration max, RandomGenerator random) {
        this.minNanos = min.toNanos();
        this.maxNanos = max.toNanos();
        this.random = random;
        this.nextNanos = minNanos;
    }

    /** The wait before the next try: between half of the current step and all of it. */
    public long nextNanos() {
        long step = nextNanos;
        nextNanos = Math.min(maxNanos, step * 2);
        return step / 2 + random.nextLong(step / 2 + 1);
    }

    /** Starts again with the least. */
    public void reset() {
        nextNanos = minNanos;
    }
}
