package dev.proxyherd.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps what the store knows on the disk. The store only notes which client has changed; a platform thread replays the
 * file at the start and, meanwhile and from then on, twice a second, appends those clients' newest locations and syncs
 * the file. So a client that reports a hundred times between two rounds costs one record, what waits is bounded by the
 * number of clients, and no connection waits for the disk, unless the policy is {@link FsyncPolicy#ALWAYS}.
 */
public final class Journal implements AutoCloseable {
    /** Twice a second: what was answered is on the disk within a second even when syncing takes its time. */
    private static final Duration ROUND = Duration.ofMillis(500);

    /** How long an answer may wait for the disk before it goes on without. */
    private static final Duration SYNC_LIMIT = Duration.ofSeconds(10);

    /** Longer than a sync of a slow disk takes. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

    private final JournalWriter writer;
    private final Runnable replayed;
    private final Thread thread;
    private final CountDownLatch replay = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition roundDone = lock.newCondition();
    private long roundsStarted;
    private long roundsDone;
    private long roundWanted;
    private boolean closing;

    /** For the journal's thread only. */
    private long nextRound = System.nanoTime();

    private volatile boolean stuck;

    /**
     * @param name the server's, for the thread
     * @param replayed runs once the file has been replayed
     */
    public Journal(JournalWriter writer, String name, Runnable replayed) {
        this.writer = writer;
        this.replayed = replayed;
        this.thread = Thread.ofPlatform().daemon().name("journal-" + name).unstarted(this::run);
    }

    /** Starts the replay and, after it, the writing. */
    public void start() {
        thread.start();
    }

    /**
     * Whether answers wait for the disk. Then one to a report that did not win must not go ahead of the one that did,
     * whose thread may not have noted the client yet.
     */
    public boolean isAwaited() {
        return writer.policy() == FsyncPolicy.ALWAYS;
    }

    /**
     * With {@link FsyncPolicy#ALWAYS}, returns when all that was noted before is on the disk, or cannot get there: a write
     * has failed, or takes longer than ten seconds, which {@link #status} then tells.
     */
    public void awaitSynced() {
        if (!isAwaited()) {
            return;
        }
        lock.lock();
        try {
            // A round that is under way may have passed our client already; the next one has not.
            long mine = roundsStarted + 1;
            roundWanted = Math.max(roundWanted, mine);
            work.signal();
            long left = SYNC_LIMIT.toNanos();
            while (roundsDone < mine && left > 0) {
                left = roundDone.awaitNanos(left);
            }
            stuck |= roundsDone < mine;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the replay is done, or the limit has passed. */
    public void awaitReplayed(Duration limit) {
        try {
            replay.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the replay is done. */
    public boolean isReplayed() {
        return replay.getCount() == 0;
    }

    /** Whether the journal's thread is done with its files. */
    public boolean hasEnded() {
        return !thread.isAlive();
    }

    /** How the journal is. */
    public JournalStatus status() {
        return new JournalStatus(writer.bytes(), writer.records(), isReplayed(),
                stuck ? "the disk has not answered for " + SYNC_LIMIT.toSeconds() + " s" : writer.failure());
    }

    private void run() {
        try {
            replay();
            boolean more = true;
            while (more) {
                more = awaitRound();
                round();
            }
        } finally {
            writer.close();
        }
    }

    /** Whatever goes wrong, even memory that runs out, waiting questions must be answered and links must start. */
    private void replay() {
        try {
            writer.replay(this::goesOn);
        } catch (RuntimeException | Error e) {
            writer.fail(e);
        } finally {
            replay.countDown();
        }
        replayed.run();
    }

    /** In the middle of the replay: does the round that is due, if any, and says whether to go on. */
    private boolean goesOn() {
        lock.lock();
        try {
            if (closing) {
                return false;
            }
            if (!isRoundDue()) {
                return true;
            }
            roundsStarted++;
        } finally {
            lock.unlock();
        }
        round();
        return true;
    }

    /** Waits until the next round is due; false when it is the last. */
    private boolean awaitRound() {
        lock.lock();
        try {
            while (!closing && !isRoundDue()) {
                work.awaitNanos(nextRound - System.nanoTime());
            }
            roundsStarted++;
            return !closing;
        } catch (InterruptedException nobodyInterruptsThis) {
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isRoundDue() {
        return roundWanted > roundsDone || writer.isRewriting() || System.nanoTime() - nextRound >= 0;
    }

    private void round() {
        nextRound = System.nanoTime() + ROUND.toNanos();
        try {
            writer.round();
        } catch (RuntimeException | Error e) {
            writer.fail(e);
        }
        finishRound();
    }

    private void finishRound() {
        lock.lock();
        try {
            roundsDone = roundsStarted;
            stuck = false;
            roundDone.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is left, for fifteen seconds at most, and closes the file. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
