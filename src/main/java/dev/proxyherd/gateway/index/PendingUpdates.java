package dev.proxyherd.gateway.index;

import dev.proxyherd.protocol.Location;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Accepted updates that the index has not taken over yet: one for each client, the newest. Any thread may add and take;
 * to add costs a map entry, whatever the index is doing meanwhile.
 */
final class PendingUpdates {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private Map<String, Location> newest = new HashMap<>();

    /** Whether there is nothing in it; written under the lock, and read without. */
    private volatile boolean empty = true;

    void add(Location location) {
        lock.lock();
        try {
            newest.merge(location.client(), location, Location::newest);
            if (empty) {
                empty = false;
                notEmpty.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to take, or the time is up. */
    void await(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (newest.isEmpty() && left > 0) {
                left = notEmpty.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether there is nothing to take. What was added before this call, and is not there any more, is with a thread that has taken it and
     * may not have done with it.
     */
    boolean isEmpty() {
        return empty;
    }

    /** Takes all that is there, possibly nothing. */
    Collection<Location> take() {
        lock.lock();
        try {
            if (newest.isEmpty()) {
                return List.of();
            }
            Collection<Location> taken = newest.values();
            newest = new HashMap<>();
            empty = true;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
