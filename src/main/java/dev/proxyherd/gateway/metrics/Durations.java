package dev.proxyherd.gateway.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A histogram of durations in buckets of powers of two, 1 µs to 17 s; any number of threads may record. */
public final class Durations {
    private static final int SMALLEST_SHIFT = 10;
    private static final int BUCKETS = 25;

    private final LongAdder[] buckets = new LongAdder[BUCKETS + 1];
    private final LongAdder nanos = new LongAdder();

    Durations() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    /** Counts one that took so many nanoseconds. */
    public void record(long took) {
        long value = Math.max(0, took);
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value == 0 ? 0 : value - 1);
        buckets[Math.clamp(bits - SMALLEST_SHIFT, 0, BUCKETS)].increment();
        nanos.add(value);
    }

    /** The upper bounds of the buckets in seconds; that of the last is infinite. */
    static double[] bounds() {
        double[] bounds = new double[BUCKETS + 1];
        for (int i = 0; i < BUCKETS; i++) {
            bounds[i] = (1L << (i + SMALLEST_SHIFT)) / 1e9;
        }
        bounds[BUCKETS] = Double.POSITIVE_INFINITY;
        return bounds;
    }

    /** How many fell into each bucket. */
    long[] counts() {
        long[] counts = new long[buckets.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = buckets[i].sum();
        }
        return counts;
    }

    double sumSeconds() {
        return nanos.sum() / 1e9;
    }
}
