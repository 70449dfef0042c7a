package dev.proxyherd.bench;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * What a run measured.
 *
 * @param seconds how long was measured
 * @param endedEarly whether the run was ended before its time
 * @param answersInTime the valid answers that came while it was measured
 * @param latencies by kind of request, in nanoseconds; no entry for a kind that has none. Not to be changed
 */
public record BenchResult(BenchPlan plan, Instant started, double seconds, boolean endedEarly, long answersInTime,
        Map<RequestKind, Histogram> latencies, BenchErrors errors) {

    public static BenchResult of(BenchPlan plan, Instant started, Window window, boolean endedEarly,
            List<Tally> tallies) {
        Map<RequestKind, Histogram> latencies = new EnumMap<>(RequestKind.class);
        BenchErrors errors = BenchErrors.NONE;
        long answersInTime = 0;
        for (Tally tally : tallies) {
            errors = errors.plus(tally.errors());
            answersInTime += tally.inWindow();
            for (RequestKind kind : RequestKind.values()) {
                AbstractHistogram part = tally.latencies(kind);
                if (part != null) {
                    latencies.computeIfAbsent(kind, k -> emptyHistogram()).add(part);
                }
            }
        }
        return new BenchResult(plan, started, window.seconds(), endedEarly, answersInTime, latencies, errors);
    }

    private static Histogram emptyHistogram() {
        Histogram histogram = new Histogram(Tally.UNIT_NANOS, 2 * Tally.UNIT_NANOS, Tally.DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }

    /** The latencies of all kinds together, in nanoseconds. */
    public Histogram allLatencies() {
        Histogram all = emptyHistogram();
        latencies.values().forEach(all::add);
        return all;
    }

    /** Valid answers a second. */
    public double answersPerSecond() {
        return seconds > 0 ? answersInTime / seconds : 0;
    }
}
