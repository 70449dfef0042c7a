package dev.proxyherd.gateway.reports;

import dev.proxyherd.gateway.request.Problem;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was refused of one request: for each reason how many reports, and what was wrong with the first. A body may hold
 * very many reports that are none, so all is told in one line. One thread only.
 */
final class Refusals {
    private final Map<Refusal, Counted> byReason = new EnumMap<>(Refusal.class);
    private @Nullable Problem whole;
    private int taken;

    private record Counted(String first, int count) {
    }

    /** One report is refused. */
    void add(Problem problem) {
        byReason.merge(RefusedReport.reason(problem), new Counted(problem.getMessage(), 1),
                (known, one) -> new Counted(known.first, known.count + 1));
    }

    /** One report is taken in. */
    void taken() {
        taken++;
    }

    /** Whether nothing is taken in, and something would have been with another token. */
    boolean isOfAnother() {
        return taken == 0 && byReason.containsKey(Refusal.NOT_PERMITTED);
    }

    /** What was sent is refused as a whole, or from here on. */
    void addWhole(Problem problem) {
        add(problem);
        whole = problem;
    }

    /** Why all of it is refused; null where each report was judged by itself. */
    @Nullable
    Problem whole() {
        return whole;
    }

    boolean isEmpty() {
        return byReason.isEmpty();
    }

    void count(ReportCounts counts) {
        byReason.forEach((reason, counted) -> counts.countRefused(reason, counted.count));
    }

    /** In a line: {@code null_island: lat and lon are 0; and 2 more of its reports}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        byReason.forEach((reason, counted) -> {
            text.append(text.isEmpty() ? "" : "; ").append(reason.label()).append(": ").append(counted.first);
            if (counted.count > 1) {
                text.append("; and ").append(counted.count - 1).append(" more of its reports");
            }
        });
        return text.toString();
    }
}
