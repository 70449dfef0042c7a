package dev.proxyherd.gateway.api;

import dev.proxyherd.fences.Crossing;
import dev.proxyherd.fences.CrossingListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The crossings that were told last, each with the next number, for subscribers to be sent. Any thread. */
public final class CrossingLog implements CrossingListener {
    /** How many are kept: who is farther behind is not sent those before. */
    static final int MOST = 1_024;

    private final Runnable wake;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Crossing> newest = new ArrayDeque<>();
    private volatile long last;

    /** @param wake lets subscribers look whether there is a new one */
    public CrossingLog(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void crossed(List<Crossing> crossings) {
        lock.lock();
        try {
            for (Crossing crossing : crossings) {
                if (newest.size() == MOST) {
                    newest.remove();
                }
                newest.add(crossing);
            }
            // Changed under the lock alone.
            long next = last + crossings.size();
            last = next;
        } finally {
            lock.unlock();
        }
        wake.run();
    }

    /** The number of the newest; 0 when there was none. */
    long last() {
        return last;
    }

    /** Those after a number, oldest first, as far as they are kept: the last of them has the number {@link Since#last}. */
    Since after(long number) {
        lock.lock();
        try {
            long from = Math.max(number, last - newest.size());
            return new Since(newest.stream().skip(newest.size() - (last - from)).toList(), last);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Crossings since a number.
     *
     * @param last the number of the newest there is
     */
    record Since(List<Crossing> crossings, long last) {
    }
}
