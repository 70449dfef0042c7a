package dev.proxyherd.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the gateway counts of itself, for {@code /metrics}. */
final class GatewayCounts {
    final LongAdder reports = new LongAdder();
    final LongAdder refusedReports = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder refusedRequests = new LongAdder();
    final LongAdder events = new LongAdder();
    final LongAdder failedAccepts = new LongAdder();
    final AtomicInteger subscribers = new AtomicInteger();
}
