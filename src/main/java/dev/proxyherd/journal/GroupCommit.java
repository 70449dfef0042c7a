package dev.proxyherd.journal;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * When the journal's thread writes: twice a second, at once when somebody waits for it, and once more at the end. One
 * thread begins and ends rounds; any number may wait for one.
 */
final class GroupCommit {
    /** How long an answer may wait for the disk before it goes on without. */
    static final Duration WAIT_LIMIT = Duration.ofSeconds(10);

    /**
     * From the begin of one round to that of the next, if the first takes no longer: what was answered is on the disk after
     * this time and that of a round. After a longer round the next begins at once, and two rounds are the bound.
     */
    static final Duration INTERVAL = Duration.ofMillis(500);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition done = lock.newCondition();
    private final Condition closed = lock.newCondition();
    private final Duration waitLimit;
    private final LongSupplier nanoTime;
    private long started;
    private long ended;
    private long wanted;
    private long begun;
    private long next;
    private long lastNanos;

    /** Whether the journal's thread has nothing to do. */
    private boolean idle;

    /** Whether there is something to do that is no round. */
    private boolean upkeep;

    private boolean closing;
    private boolean stuck;

    GroupCommit() {
        this(WAIT_LIMIT);
    }

    /** @param waitLimit how long an answer may wait, and a round may take before it counts as stuck */
    GroupCommit(Duration waitLimit) {
        this(waitLimit, System::nanoTime);
    }

    GroupCommit(Duration waitLimit, LongSupplier nanoTime) {
        this.waitLimit = waitLimit;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.next = begun;
    }

    /** What the journal's thread is to do next. */
    enum Work {
        ROUND, UPKEEP, LAST_ROUND
    }

    /** Waits until there is something to do, and begins it if it is a round. */
    Work awaitNext() {
        lock.lock();
        try {
            while (!closing && !isDue() && !upkeep) {
                idle = true;
                work.awaitNanos(next - nanoTime.getAsLong());
            }
            upkeep = false;
            if (!closing && !isDue()) {
                return Work.UPKEEP;
            }
            begin();
            return closing ? Work.LAST_ROUND : Work.ROUND;
        } catch (InterruptedException interrupted) {
            return Work.UPKEEP;
        } finally {
            idle = false;
            lock.unlock();
        }
    }

    /** Begins a round if one is due. */
    boolean beginIfDue() {
        lock.lock();
        try {
            boolean due = isDue();
            if (due) {
                begin();
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue() {
        return wanted > ended || nanoTime.getAsLong() - next >= 0;
    }

    private void begin() {
        started++;
        begun = nanoTime.getAsLong();
        next = begun + INTERVAL.toNanos();
    }

    /**
     * The round that has begun is done.
     *
     * @param wrote whether there was anything to write: what the others take says nothing
     */
    void end(boolean wrote) {
        lock.lock();
        try {
            ended = started;
            lastNanos = wrote ? nanoTime.getAsLong() - begun : lastNanos;
            stuck = false;
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a whole round that begins after this call, but no longer than the limit. */
    void awaitOne() {
        lock.lock();
        try {
            // A round that is under way may have passed our client already; the next one has not.
            long mine = started + 1;
            wanted = Math.max(wanted, mine);
            work.signal();
            long left = waitLimit.toNanos();
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

    /**
     * Whether the journal's thread is busy longer than the limit, or somebody has waited in vain and no round has ended since.
     */
    boolean isStuck() {
        lock.lock();
        try {
            return stuck || (!idle && nanoTime.getAsLong() - begun > waitLimit.toNanos());
        } finally {
            lock.unlock();
        }
    }

    Duration waitLimit() {
        return waitLimit;
    }

    /** How long the last round took that had anything to write, in nanoseconds. */
    long lastNanos() {
        lock.lock();
        try {
            return lastNanos;
        } finally {
            lock.unlock();
        }
    }

    /** There is something to do that cannot wait for the next round. */
    void wantUpkeep() {
        lock.lock();
        try {
            upkeep = true;
            work.signal();
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
            closed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits that long; false as soon as the last round is due. */
    boolean awaitClosing(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closing && left > 0) {
                left = closed.awaitNanos(left);
            }
            return !closing;
        } catch (InterruptedException stopping) {
            return false;
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
