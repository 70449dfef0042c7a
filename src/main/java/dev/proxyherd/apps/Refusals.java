package dev.proxyherd.apps;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was refused of one request or message: for each reason how many reports, and what was wrong with the first. A body may hold
 * very many reports that are none, so all is told in one line. One thread only.
 */
public final class Refusals {
    private final Map<Refusal, Counted> byReason = new EnumMap<>(Refusal.class);
    private final Set<String> taken = new HashSet<>();
    private @Nullable RefusedReport whole;

    private record Counted(String first, int count) {
    }

    /** One report is refused. */
    void add(RefusedReport refused) {
        byReason.merge(refused.reason(), new Counted(refused.getMessage(), 1),
                (known, one) -> new Counted(known.first, known.count + 1));
    }

    /** A report of this client is taken in. */
    void addTaken(String client) {
        taken.add(client);
    }

    /** Of whom reports were taken in beside what was refused. */
    public Set<String> taken() {
        return Set.copyOf(taken);
    }

    /** Whether nothing is taken in, and something would have been with other rights. */
    public boolean isForbidden() {
        return taken.isEmpty() && byReason.containsKey(Refusal.NOT_PERMITTED);
    }

    /** What was sent is refused as a whole, or from here on. */
    void addWhole(RefusedReport refused) {
        add(refused);
        whole = refused;
    }

    /** Why all of it is refused; null where each report was judged by itself. */
    @Nullable
    public RefusedReport whole() {
        return whole;
    }

    public boolean isEmpty() {
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
