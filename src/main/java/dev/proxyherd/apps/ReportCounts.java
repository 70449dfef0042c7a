package dev.proxyherd.apps;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/** How many reports of apps were taken in, and refused for which reason. Any thread counts and asks. */
public final class ReportCounts {
    private final LongAdder taken = new LongAdder();
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

    public ReportCounts() {
        for (Refusal reason : Refusal.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    void countTaken() {
        taken.increment();
    }

    void countRefused(Refusal reason, int count) {
        Objects.requireNonNull(refused.get(reason), "every reason has a count").add(count);
    }

    /** Reports taken in. */
    public long taken() {
        return taken.sum();
    }

    /** Visits how many were refused for each reason, by the name that metrics have for it. */
    public void refused(ObjLongConsumer<String> visitor) {
        refused.forEach((reason, count) -> visitor.accept(reason.label(), count.sum()));
    }
}
