package dev.proxyherd.journal;

import dev.proxyherd.status.JournalStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what the store knows on the disk. The store only notes which client has changed; a platform thread replays the
 * file at the start and, meanwhile and from then on, twice a second, appends those clients' newest locations and syncs
 * the file. So a client that reports a hundred times between two rounds costs one record, what waits is bounded by the
 * number of clients, and no connection waits for the disk, unless the policy is {@link FsyncPolicy#ALWAYS}.
 */
public final class Journal implements AutoCloseable {
    /** How long a file that had failed is written at the end. */
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(10);

    /** Longer than a sync of a slow disk takes. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

    private static final Duration WATCH_INTERVAL = Duration.ofMillis(500);
    private static final double MILLIS_PER_SECOND = 1000;

    private final JournalWriter writer;
    private final Runnable replayed;
    private final Thread thread;
    private final Thread watch;
    private final Rounds rounds;
    private final CountDownLatch replay = new CountDownLatch(1);

    /**
     * @param name the server's, for the thread
     * @param replayed runs once the file has been replayed
     */
    public Journal(JournalWriter writer, String name, Runnable replayed) {
        this(writer, name, replayed, new Rounds());
    }

    Journal(JournalWriter writer, String name, Runnable replayed, Rounds rounds) {
        this.writer = writer;
        this.rounds = rounds;
        writer.onRewritten(rounds::wantUpkeep);
        this.replayed = replayed;
        this.thread = Thread.ofPlatform().daemon().name("journal-" + name).unstarted(this::run);
        this.watch = Thread.ofVirtual().name("journal-watch-" + name).unstarted(this::watch);
    }

    /**
     * Opens the file, or makes it; before {@link #start}.
     *
     * @throws IOException if that cannot be done; the file is as it was
     */
    public void open() throws IOException {
        writer.open();
    }

    /** Starts the replay and, after it, the writing. */
    public void start() {
        thread.start();
        watch.start();
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
        if (isAwaited()) {
            rounds.awaitOne();
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
                rounds.isStuck() ? stuck() : writer.failure(),
                TimeUnit.NANOSECONDS.toMillis(rounds.lastNanos()));
    }

    private String stuck() {
        return "the disk has not answered for " + rounds.waitLimit().toMillis() / MILLIS_PER_SECOND + " s";
    }

    /** Tells of a disk that hangs, which holds up whoever else could tell; and when it answers again. */
    private void watch() {
        boolean told = false;
        while (rounds.awaitClosing(WATCH_INTERVAL)) {
            boolean stuck = rounds.isStuck();
            if (stuck != told) {
                told = stuck;
                writer.notes().warn("journal: " + writer.path() + ": "
                        + (stuck ? stuck() + "; answers go on without it, what they say is not safe"
                                : "the disk answers again"));
            }
        }
    }

    private void run() {
        try {
            replay();
            Rounds.Work next;
            do {
                next = rounds.awaitNext();
                if (next == Rounds.Work.UPKEEP) {
                    guarded(writer::upkeep);
                } else {
                    round();
                }
            } while (next != Rounds.Work.LAST_ROUND);
            writer.finish(FINISH_LIMIT);
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
        if (rounds.isClosing()) {
            return false;
        }
        if (rounds.beginIfDue()) {
            round();
        }
        return true;
    }

    /** Whoever waits for a round does not wait for the upkeep. */
    private void round() {
        guarded(writer::round);
        rounds.end(writer.hasWritten());
        guarded(writer::upkeep);
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            writer.fail(e);
        }
    }

    /** Writes what is left, for fifteen seconds at most, and closes the file. */
    @Override
    public void close() {
        rounds.close();
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
