package dev.proxyherd.fences.follow;

import dev.proxyherd.protocol.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reports that the following thread has yet to look at, in the order in which they came. Any thread may add, and none waits:
 * where too many are here, of those that come then only the newest of each client stays, and how many did not is counted.
 */
final class WaitingReports {
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Entry> inOrder = new ArrayList<>();
    private Map<String, Entry> beyond = new LinkedHashMap<>();
    private long skipped;
    private boolean closed;

    /**
     * A report that waits.
     *
     * @param isHeard whether this server heard it, and so tells
     * @param count how many were added in its place
     */
    record Entry(Location report, boolean isHeard, int count) {
        private Entry newest(Entry other) {
            Entry newest = Location.wins(other.report, report) ? other : this;
            return new Entry(newest.report, newest.isHeard, count + other.count);
        }
    }

    /** @param most how many may wait in order, besides one of each client */
    WaitingReports(int most) {
        this.most = most;
    }

    @SuppressWarnings("ReferenceEquality")
    void add(Location report, boolean isHeard) {
        Entry entry = new Entry(report, isHeard, 1);
        lock.lock();
        try {
            if (inOrder.size() < most) {
                inOrder.add(entry);
            } else if (beyond.merge(report.client(), entry, Entry::newest) != entry) {
                skipped++;
            }
            if (inOrder.size() == 1) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes all that are here, and waits for that until there is one, the time is up or this is closed. */
    List<Entry> take(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (inOrder.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            List<Entry> taken = inOrder;
            taken.addAll(beyond.values());
            inOrder = new ArrayList<>();
            beyond = new LinkedHashMap<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long, or until this is closed; returns whether it is not. */
    boolean rest(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** How many were passed over since the start, for newer ones of the same clients. */
    long skipped() {
        lock.lock();
        try {
            return skipped;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
