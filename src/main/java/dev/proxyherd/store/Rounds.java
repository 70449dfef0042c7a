package dev.proxyherd.store;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When the journal's thread writes: twice a second, at once when somebody waits for it or it has more to do, and once
 * more at the end. One thread begins and ends rounds; any number may wait for one.
 */
final class Rounds {
    /** How long an answer may wait for the disk before it goes on without. */
    static final Duration WAIT_LIMIT = Duration.ofSeconds(10);

    /** Twice a second: what was answered is on the disk within a second even when syncing takes its time. */
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition done = lock.newCondition();
    private long started;
    private long ended;
    private long wanted;
    private long begun;
    private long next = System.nanoTime();
    private boolean closing;
    private boolean stuck;

    /**
     * Waits until the next round is due, and begins it.
     *
     * @param atOnce whether it is due anyway
     * @return false if it is the last
     */
    boolean awaitNext(boolean atOnce) {
        lock.lock();
        try {
            while (!closing && !isDue(atOnce)) {
                work.awaitNanos(next - System.nanoTime());
            }
            begin();
            return !closing;
        } catch (InterruptedException nobodyInterruptsThis) {
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Begins a round if one is due. */
    boolean beginIfDue(boolean atOnce) {
        lock.lock();
        try {
            boolean due = isDue(atOnce);
            if (due) {
                begin();
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue(boolean atOnce) {
        return wanted > ended || atOnce || System.nanoTime() - next >= 0;
    }

    private void begin() {
        started++;
        begun = System.nanoTime();
        next = begun + INTERVAL.toNanos();
    }

    /** The round that has begun is done. */
    void end() {
        lock.lock();
        try {
            ended = started;
            stuck = false;
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a whole round that begins after this call, but no longer than {@link #WAIT_LIMIT}. */
    void awaitOne() {
        lock.lock();
        try {
            // A round that is under way may have passed our client already; the next one has not.
            long mine = started + 1;
            wanted = Math.max(wanted, mine);
            work.signal();
            long left = WAIT_LIMIT.toNanos();
            while (ended < mine && left > 0) {
                left = done.awaitNanos(left);
            }
            stuck |= ended < mine;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a round takes longer than {@link #WAIT_LIMIT}, or somebody has waited in vain and none has ended since. */
    boolean isStuck() {
        lock.lock();
        try {
            return stuck || started > ended && System.nanoTime() - begun > WAIT_LIMIT.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** The next round is the last, and due. */
    void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }
}
