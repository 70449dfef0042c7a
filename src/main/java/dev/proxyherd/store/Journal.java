package dev.proxyherd.store;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps what the store knows on the disk. Connections only note which client has changed; a platform thread replays the
 * file at the start and from then on, twice a second, appends those clients' newest locations and syncs the file. So a
 * client that reports a hundred times between two rounds costs one record, what waits is bounded by the number of
 * clients, and no connection waits for the disk, unless the policy is {@link FsyncPolicy#ALWAYS}.
 */
public final class Journal implements AutoCloseable {
    /** Twice a second: what was answered is on the disk within a second even when syncing takes its time. */
    private static final Duration ROUND = Duration.ofMillis(500);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final FsyncPolicy policy;
    private final JournalWriter writer;
    private final Runnable replayed;
    private final Thread thread;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final CountDownLatch replay = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition roundDone = lock.newCondition();
    private long roundsStarted;
    private long roundsDone;
    private long roundWanted;
    private boolean closing;

    /**
     * @param name the server's, for the thread
     * @param replayed runs once the file has been replayed
     */
    public Journal(FsyncPolicy policy, JournalWriter writer, String name, Runnable replayed) {
        this.policy = policy;
        this.writer = writer;
        this.replayed = replayed;
        this.thread = Thread.ofPlatform().daemon().name("journal-" + name).unstarted(this::run);
    }

    /** Starts the replay and, after it, the writing. */
    public void start() {
        thread.start();
    }

    /** Notes that the store has a new location for a client; never waits. */
    public void note(String client) {
        // The writer takes a client off before it looks it up, so one that is still there will be looked up later.
        if (!changed.contains(client)) {
            changed.add(client);
        }
    }

    /**
     * Notes that a client's report did not win. The thread whose report won may not have noted the client yet; where
     * answers promise that what won is on the disk, this one must not be answered ahead of it.
     */
    public void noteLost(String client) {
        if (policy == FsyncPolicy.ALWAYS) {
            note(client);
        }
    }

    /** With {@link FsyncPolicy#ALWAYS}, returns when all that was noted before is on the disk, or cannot get there. */
    public void awaitSynced() {
        if (policy != FsyncPolicy.ALWAYS) {
            return;
        }
        lock.lock();
        try {
            // A round that is under way may have passed our client already; the next one has not.
            long mine = roundsStarted + 1;
            roundWanted = Math.max(roundWanted, mine);
            work.signal();
            while (roundsDone < mine && thread.isAlive()) {
                roundDone.await(ROUND.toMillis(), TimeUnit.MILLISECONDS);
            }
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

    /** How the journal is. */
    public JournalStatus status() {
        return new JournalStatus(writer.bytes(), writer.records(), isReplayed(), writer.failure());
    }

    private void run() {
        try {
            writer.replay();
            replay.countDown();
            replayed.run();
            boolean more = true;
            while (more) {
                more = awaitRound();
                writer.round(changed, policy != FsyncPolicy.NO);
                finishRound();
            }
        } finally {
            writer.close();
        }
    }

    /** Waits until the next round is due; false when it is the last. */
    private boolean awaitRound() {
        lock.lock();
        try {
            long left = writer.isCompacting() ? 0 : ROUND.toNanos();
            while (!closing && roundWanted <= roundsDone && left > 0) {
                left = work.awaitNanos(left);
            }
            roundsStarted++;
            return !closing;
        } catch (InterruptedException nobodyInterruptsThis) {
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void finishRound() {
        lock.lock();
        try {
            roundsDone = roundsStarted;
            roundDone.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is left, for five seconds at most, and closes the file. */
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
