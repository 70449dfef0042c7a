package dev.proxyherd.gateway.http;

import java.util.concurrent.atomic.LongAdder;

/** What the port counts of itself. Any thread counts and asks. */
public final class RequestCounts {
    final LongAdder served = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failedAccepts = new LongAdder();

    /** Requests served, the refused ones too. */
    public long served() {
        return served.sum();
    }

    /** Requests answered with an error. */
    public long refused() {
        return refused.sum();
    }

    /** Times that no connection of this process could be accepted. */
    public long failedAccepts() {
        return failedAccepts.sum();
    }
}
