package dev.proxyherd.kafka;

import dev.proxyherd.protocol.Location;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reports that have yet to be written down, each of them, in the order in which they were heard. Any thread offers, and none
 * waits: what there is no room for is left out, and counted. One thread takes.
 */
public final class HistoryQueue {
    /** As many reports at most, some 30 MB: two minutes of a thousand reports a second. */
    public static final int CAPACITY = 131_072;

    private final BlockingQueue<Location> reports = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong leftOut = new AtomicLong();

    /** Never waits. */
    public void offer(Location report) {
        if (!reports.offer(report)) {
            leftOut.incrementAndGet();
        }
    }

    /** Waits for a report, for so long at most, and moves up to {@code max} to the end of {@code to}. */
    public void take(Collection<Location> to, int max, Duration limit) throws InterruptedException {
        Location first = reports.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            to.add(first);
            reports.drainTo(to, max - 1);
        }
    }

    public int size() {
        return reports.size();
    }

    /** How many there was no room for. */
    public long leftOut() {
        return leftOut.get();
    }
}
