package dev.proxyherd.gateway.index;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * How far changes have come: the number of the newest that can be read, where subscribers wait for the next. Closing ends
 * all waits, and so everything that goes on only while this is open. Any thread may call anything.
 */
public final class ChangeSignal {
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** The number of the newest change that can be read; 0 when there was none. */
    private volatile long last;

    /** Lets those go on who wait for a change up to this number; of no effect if that has been done. */
    void reached(long number) {
        if (number <= last) {
            return;
        }
        lock.lock();
        try {
            last = Math.max(last, number);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets those look again who wait for something else, too. */
    public void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something has changed after a number, or the time is up; false if this is closed. */
    public boolean awaitAfter(long number, Duration limit) throws InterruptedException {
        return awaitAfter(number, () -> false, limit);
    }

    /**
     * The same, or until something else holds.
     *
     * @param other is asked under the lock, so it must not wait; whoever makes it true calls {@link #wake} then
     */
    public boolean awaitAfter(long number, BooleanSupplier other, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (last <= number && !other.getAsBoolean() && left > 0 && isOpen()) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return isOpen();
    }

    /** Waits a while, whatever changes; false, at once, if this is closed. */
    public boolean pause(Duration time) throws InterruptedException {
        return !closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isOpen() {
        return closing.getCount() > 0;
    }

    void close() {
        closing.countDown();
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
