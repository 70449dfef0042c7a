package dev.proxyherd.bench.report;

import dev.proxyherd.bench.BenchErrors;
import dev.proxyherd.bench.BenchPlan;
import dev.proxyherd.bench.BenchResult;
import dev.proxyherd.bench.BenchTarget;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** A result as a person reads it. */
public final class BenchTable {
    private static final String ROW = "%-9s %12s %11s %10s %10s %10s %10s %10s %10s";

    private static final int MOST_NAMES = 6;

    private BenchTable() {
    }

    /** What was measured, and how. */
    public static String title(BenchResult result) {
        return servers(result.plan()) + ": " + how(result);
    }

    static String servers(BenchPlan plan) {
        if (plan.targets().size() > MOST_NAMES) {
            return plan.targets().size() + " servers";
        }
        return plan.targets().stream().map(BenchTarget::name).collect(Collectors.joining(", "));
    }

    static String how(BenchResult result) {
        BenchPlan plan = result.plan();
        String loop = plan.isOpenLoop()
                ? "open loop, " + decimal(plan.rate()) + " requests due a second" : "closed loop";
        String measured = result.seconds() == 0
                ? "nothing measured, ended while warming up"
                : String.format(Locale.ROOT, "%.1f s measured after %.1f s%s", result.seconds(),
                        plan.warmup().toMillis() / 1000.0, result.endedEarly() ? ", ended early" : "");
        return String.format(Locale.ROOT, "%,d connections, up to %d under way on each, %s; %s",
                plan.connections(), plan.depth(), loop, measured);
    }

    private static String decimal(double number) {
        return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }

    /** The column heads, and a line for each kind of request. */
    public static List<String> rows(BenchResult result) {
        List<String> rows = new ArrayList<>();
        rows.add(String.format(ROW, "", "answers", "answers/s", "mean", "p50", "p90", "p99", "p99.9", "max"));
        result.latencies().forEach((kind, latencies) -> rows.add(row(kind.name(), latencies, result)));
        if (result.latencies().size() != 1) {
            rows.add(row("all", result.allLatencies(), result));
        }
        return rows;
    }

    private static String row(String name, Histogram latencies, BenchResult result) {
        long count = latencies.getTotalCount();
        long all = result.allLatencies().getTotalCount();
        // In an open loop latencies count by when requests were due, so the rate is shared out by their numbers.
        double rate = all == 0 ? 0 : result.answersPerSecond() * count / all;
        return String.format(Locale.ROOT, ROW, name, String.format(Locale.ROOT, "%,d", count),
                String.format(Locale.ROOT, "%,.0f", rate), time(latencies.getMean()),
                time(latencies.getValueAtPercentile(50)), time(latencies.getValueAtPercentile(90)),
                time(latencies.getValueAtPercentile(99)), time(latencies.getValueAtPercentile(99.9)),
                time(latencies.getMaxValue()));
    }

    /** What went wrong, in one line. */
    public static String errors(BenchErrors errors) {
        if (errors.total() == 0) {
            return "errors: none";
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("requests answered ?", errors.invalid());
        counts.put("malformed answers", errors.malformed());
        counts.put("connections refused", errors.refused());
        counts.put("connections lost", errors.closed());
        counts.put("requests unanswered", errors.unanswered());
        counts.put("requests due but never sent", errors.unsent());
        StringJoiner line = new StringJoiner(", ", "errors: ", "");
        counts.forEach((what, count) -> {
            if (count > 0) {
                line.add(String.format(Locale.ROOT, "%,d %s", count, what));
            }
        });
        return line.toString();
    }

    private static String time(long nanos) {
        return time((double) nanos);
    }

    /** A time with three digits and its unit. */
    static String time(double nanos) {
        if (nanos < 1e6) {
            return digits(nanos / 1e3) + " µs";
        }
        return nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
    }

    private static String digits(double number) {
        int decimals = number < 9.995 ? 2 : number < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + 'f', number);
    }
}
