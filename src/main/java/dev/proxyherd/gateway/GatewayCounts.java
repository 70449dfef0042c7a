package dev.proxyherd.gateway;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the gateway counts of itself, for {@code /metrics}. */
final class GatewayCounts {
    final LongAdder reports = new LongAdder();
    final Map<Refusal, LongAdder> refusedReports = adders();
    final LongAdder requests = new LongAdder();
    final LongAdder refusedRequests = new LongAdder();
    final LongAdder events = new LongAdder();
    final LongAdder failedAccepts = new LongAdder();
    final AtomicInteger subscribers = new AtomicInteger();

    private static Map<Refusal, LongAdder> adders() {
        Map<Refusal, LongAdder> adders = new EnumMap<>(Refusal.class);
        for (Refusal reason : Refusal.values()) {
            adders.put(reason, new LongAdder());
        }
        return adders;
    }
}
