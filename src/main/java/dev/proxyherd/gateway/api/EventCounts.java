package dev.proxyherd.gateway.api;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What {@link EventStream} counts of itself. Any thread counts and asks. */
public final class EventCounts {
    final LongAdder sent = new LongAdder();
    final AtomicInteger subscribers = new AtomicInteger();

    /** Updates sent to subscribers. */
    public long sent() {
        return sent.sum();
    }

    /** Subscribers now. */
    public int subscribers() {
        return subscribers.get();
    }
}
