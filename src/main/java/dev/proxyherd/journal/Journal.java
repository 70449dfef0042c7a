package dev.proxyherd.journal;

import dev.proxyherd.io.OwnerOnly;
import dev.proxyherd.journal.file.JournalDisk;
import dev.proxyherd.journal.file.JournalFile;
import dev.proxyherd.status.JournalStatus;
import dev.proxyherd.store.Durability;
import dev.proxyherd.store.Room;
import dev.proxyherd.store.Slot;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the store knows on the disk. The store only notes which client has changed; a platform thread replays the
 * file at the start and, meanwhile and from then on, twice a second, appends those clients' newest locations and syncs
 * the file. So a client that reports a hundred times between two rounds costs one record, what waits is bounded by the
 * number of clients, and no connection waits for the disk, unless the policy is {@link FsyncPolicy#ALWAYS}.
 */
public final class Journal implements Durability, AutoCloseable {
    /** Longer than a sync of a slow disk takes. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

    private static final Duration WATCH_INTERVAL = Duration.ofMillis(500);

    /** Few records are shorter. */
    private static final int RECORD_BYTES = 80;

    private static final double MILLIS_PER_SECOND = 1000;

    private final JournalSettings settings;
    private final OpenJournal opened;
    private final long expectedClients;
    private final JournalBounds bounds;
    private final GroupCommit commit;
    private final ChangedClients changed;
    private final CountDownLatch replay;

    /** Null before {@link #start}. */
    private volatile @Nullable Readmission readmission;

    /** Null before {@link #start}. */
    private volatile @Nullable Thread thread;

    private Journal(JournalSettings settings, OpenJournal opened, JournalBounds bounds, GroupCommit commit) {
        this.settings = settings;
        this.opened = opened;
        JournalFile file = opened.current().file();
        long bytes = file == null ? 0 : file.bytes();
        this.expectedClients = bytes / RECORD_BYTES;
        // Of an empty file all is known from the start.
        this.replay = new CountDownLatch(bytes == 0 ? 0 : 1);
        this.bounds = bounds;
        this.commit = commit;
        this.changed = new ChangedClients(isAwaited());
    }

    /**
     * Opens the file, or makes it; reads and writes nothing before {@link #start}.
     *
     * @throws IOException if that cannot be done; the file is as it was
     */
    public static Journal open(JournalSettings settings) throws IOException {
        return open(settings, new JournalDisk(OwnerOnly::open), JournalBounds.standard(), new GroupCommit());
    }

    static Journal open(JournalSettings settings, JournalDisk disk, JournalBounds bounds, GroupCommit commit)
            throws IOException {
        return new Journal(settings, OpenJournal.open(settings, disk), bounds, commit);
    }

    /**
     * Starts the replay and, after it, the writing; once.
     *
     * @param room that of the store which tells this journal of its changes; what it has no place for stays in the file
     * @param replayed runs, on the journal's thread, once the file has been replayed and is not held
     */
    public void start(Room room, Runnable replayed) {
        JournalWriter writer = new JournalWriter(settings, opened, room, changed, bounds, commit::wantUpkeep);
        Readmission own = new Readmission(opened.sign(), settings.notes(), replayed);
        readmission = own;
        Runnable loop = new JournalLoop(writer, commit, replay::countDown, own);
        thread = Thread.ofPlatform().daemon().name("journal-" + settings.server()).start(loop);
        Thread.ofVirtual().name("journal-watch-" + settings.server()).start(this::watch);
    }

    @Override
    public void note(Slot slot) {
        changed.note(slot);
    }

    @Override
    public boolean isAwaited() {
        return settings.fsync() == FsyncPolicy.ALWAYS;
    }

    /**
     * With {@link FsyncPolicy#ALWAYS}, returns when all that was noted before is on the disk, or cannot get there: a write
     * has failed, or takes longer than ten seconds, which {@link #status} then tells.
     */
    @Override
    public void awaitSynced() {
        if (isAwaited()) {
            commit.awaitOne();
        }
    }

    /**
     * Where the journal ends, once all that was noted before this call is in it; waits for a round, ten seconds at most. For
     * whoever has to know after a restart what came later.
     *
     * @return null where it cannot be written at present, or the thread was interrupted
     */
    public @Nullable JournalMark mark() {
        commit.awaitOne();
        return Thread.currentThread().isInterrupted() || commit.isStuck() || opened.current().failure() != null ? null
                : JournalMark.of(settings.path(), opened.current().written());
    }

    @Override
    public void awaitReplayed(Duration limit) {
        try {
            replay.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isReplayed() {
        return replay.getCount() == 0;
    }

    /** About how many clients it knows, before it is read: as many as it may have records. */
    public long expectedClients() {
        return expectedClients;
    }

    /** Whether the journal's thread is done with its files. */
    public boolean hasEnded() {
        Thread started = thread;
        return started == null || !started.isAlive();
    }

    /** How the journal is. */
    public JournalStatus status() {
        return new JournalStatus(opened.current().bytes(), opened.current().records(), isReplayed(),
                commit.isStuck() ? stuck() : opened.current().failure(),
                TimeUnit.NANOSECONDS.toMillis(commit.lastNanos()), opened.current().unread(), held());
    }

    /** Why no link is opened though all may be replayed, and what to do; null when nothing is in the way. */
    public @Nullable String held() {
        Readmission started = readmission;
        return started == null ? null : started.held();
    }

    private String stuck() {
        return "the disk has not answered for " + commit.waitLimit().toMillis() / MILLIS_PER_SECOND + " s";
    }

    /** Tells of a disk that hangs, which holds up whoever else could tell; and when it answers again. */
    private void watch() {
        boolean told = false;
        while (commit.awaitClosing(WATCH_INTERVAL)) {
            boolean stuck = commit.isStuck();
            if (stuck != told) {
                told = stuck;
                settings.notes().warn("journal: " + settings.path() + ": "
                        + (stuck ? stuck() + "; answers go on without it, what they say is not safe"
                                : "the disk answers again"));
            }
        }
    }

    /** Writes what is left, for fifteen seconds at most, and closes the file. */
    @Override
    public void close() {
        commit.close();
        Thread started = thread;
        if (started == null) {
            opened.close();
            return;
        }
        try {
            started.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
