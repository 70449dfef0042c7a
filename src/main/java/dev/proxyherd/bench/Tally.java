package dev.proxyherd.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What one connection counts. Its reader counts answers, its writer what could not be sent or made; they may be two
 * threads, and no other looks before both have ended.
 */
public final class Tally {
    /** Latencies are kept in nanoseconds, no finer than a microsecond and 0.1 %. */
    public static final long UNIT_NANOS = 1000;

    static final int DIGITS = 3;

    private final Window window;
    private final boolean byDueTime;
    private final LongAdder allAnswers;
    private final LongAdder allErrors;
    private final Map<RequestKind, IntCountsHistogram> latencies = new EnumMap<>(RequestKind.class);
    private long inWindow;
    private long invalid;
    private long malformed;
    private long refused;
    private long closed;
    private long unanswered;
    private long unsent;

    /**
     * @param byDueTime whether requests count that were due in the window, as in an open loop, and not the answers that
     *     came in it: else a server's stall at the end would not show
     * @param allAnswers where answers of all connections are counted while they come
     */
    public Tally(Window window, boolean byDueTime, LongAdder allAnswers, LongAdder allErrors) {
        this.window = window;
        this.byDueTime = byDueTime;
        this.allAnswers = allAnswers;
        this.allErrors = allErrors;
    }

    public void answered(RequestKind kind, long due, long now) {
        allAnswers.increment();
        boolean came = window.measures(now);
        if (came) {
            inWindow++;
        }
        if (byDueTime ? window.measures(due) : came) {
            latencies.computeIfAbsent(kind, k -> emptyHistogram()).recordValue(now - due);
        }
    }

    /** Grows with the largest value, so that thousands of them are affordable. */
    private static IntCountsHistogram emptyHistogram() {
        IntCountsHistogram histogram = new IntCountsHistogram(UNIT_NANOS, 2 * UNIT_NANOS, DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }

    public void invalid() {
        invalid++;
        allErrors.increment();
    }

    public void malformed() {
        malformed++;
        allErrors.increment();
    }

    public void refused() {
        refused++;
        allErrors.increment();
    }

    public void closed() {
        closed++;
        allErrors.increment();
    }

    public void unanswered(int requests) {
        unanswered += requests;
        allErrors.add(requests);
    }

    public void unsent(long requests) {
        unsent += requests;
        allErrors.add(requests);
    }

    /** How many answers came in the window. */
    public long inWindow() {
        return inWindow;
    }

    /** The latencies that count, in nanoseconds; null if there are none. */
    public @Nullable AbstractHistogram latencies(RequestKind kind) {
        return latencies.get(kind);
    }

    public BenchErrors errors() {
        return new BenchErrors(invalid, malformed, refused, closed, unanswered, unsent);
    }
}
