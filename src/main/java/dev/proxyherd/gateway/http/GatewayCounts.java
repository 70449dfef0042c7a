package dev.proxyherd.gateway.http;

import dev.proxyherd.gateway.reports.Refusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the gateway counts of itself, for {@code /metrics}. */
public final class GatewayCounts {
    public final LongAdder reports = new LongAdder();
    public final Map<Refusal, LongAdder> refusedReports = adders();
    public final LongAdder requests = new LongAdder();
    public final LongAdder refusedRequests = new LongAdder();
    public final LongAdder events = new LongAdder();
    public final LongAdder failedAccepts = new LongAdder();
    public final AtomicInteger subscribers = new AtomicInteger();

    private static Map<Refusal, LongAdder> adders() {
        Map<Refusal, LongAdder> adders = new EnumMap<>(Refusal.class);
        for (Refusal reason : Refusal.values()) {
            adders.put(reason, new LongAdder());
        }
        return adders;
    }
}
