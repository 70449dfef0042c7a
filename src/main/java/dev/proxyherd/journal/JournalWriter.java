package dev.proxyherd.journal;

import dev.proxyherd.io.OwnerOnly;
import dev.proxyherd.journal.file.ChannelOpener;
import dev.proxyherd.journal.file.JournalBuffers;
import dev.proxyherd.journal.file.JournalFile;
import dev.proxyherd.journal.file.JournalFolder;
import dev.proxyherd.journal.file.JournalStranger;
import dev.proxyherd.journal.file.JournalTail;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The journal's files. What changes goes to the end of the current file. When most of that is outdated, or it could not
 * be written, another thread writes a new file from the store while changes go to both; when it is complete it takes the
 * current one's name. All but the opening and the status is for the journal's thread.
 */
public final class JournalWriter implements AutoCloseable {
    private final JournalFolder folder;
    private final FsyncPolicy policy;
    private final LocationStore store;
    private final ChangedClients changed;
    private final Expiry expiry;
    private final JournalNotes notes;
    private final Bursts bursts;
    private final ChannelOpener opener;
    private final JournalBounds bounds;
    private final JournalBuffers buffers = new JournalBuffers();
    private final JournalCompaction compaction;

    /** The file as it was opened, until it is replayed. */
    private FileChannel old;

    private JournalFile current;

    /** Whether the store holds all that the file did; only then can a file be written anew from it. */
    private boolean replayed;

    /** Whether the last round had anything to write. */
    private boolean wrote;

    private volatile long bytes;
    private volatile long records;
    private volatile String failure;

    /**
     * @param changed what the store has taken and the file does not hold yet
     * @param notes takes what a person should know
     */
    public JournalWriter(Path path, FsyncPolicy policy, LocationStore store, ChangedClients changed, Expiry expiry,
            JournalNotes notes) {
        this(path, policy, store, changed, expiry, notes, OwnerOnly::open, JournalBounds.standard());
    }

    JournalWriter(Path path, FsyncPolicy policy, LocationStore store, ChangedClients changed, Expiry expiry,
            JournalNotes notes, ChannelOpener opener, JournalBounds bounds) {
        this.folder = new JournalFolder(path, expiry.clock(), notes);
        this.policy = policy;
        this.bursts = new Bursts(policy != FsyncPolicy.ALWAYS);
        this.store = store;
        this.changed = changed;
        this.expiry = expiry;
        this.notes = notes;
        this.opener = opener;
        this.bounds = bounds;
        this.compaction = new JournalCompaction(folder, store, opener, buffers, bounds);
    }

    /** Says what to run when {@link #upkeep} has a new file to take over; it runs on the thread that has written it. */
    void onRewritten(Runnable action) {
        compaction.onWritten(action);
    }

    /**
     * Opens the file, or makes it; once, before all else.
     *
     * @throws IOException if that cannot be done, which says nothing against what the file holds: it stays as it is
     */
    void open() throws IOException {
        Path target = folder.target();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new IOException(target + " is no regular file; move it out of the way");
        }
        try {
            current = JournalFile.open(opener, target, buffers);
            old = opener.open(target, Set.of(StandardOpenOption.READ));
        } catch (IOException e) {
            closeCurrent();
            throw e;
        } catch (OutOfMemoryError e) {
            throw new IOException(target + " cannot be opened for lack of memory (" + e.getMessage()
                    + "); HERD_JAVA_OPTS=-Xmx2g, for example, gives more", e);
        }
        folder.sync(target);
        folder.deleteDraft();
    }

    /**
     * Merges what the file holds into the store.
     *
     * @param goesOn asked now and then, and may call {@link #round}; when it says no, the replay ends and what has not
     *     been read stays as it is
     */
    void replay(BooleanSupplier goesOn) {
        JournalReplay replay = new JournalReplay(old, current, store, expiry, notes);
        JournalTail tail = null;
        try {
            tail = JournalTail.of(old);
            if (tail.foreign()) {
                replaceForeign();
                return;
            }
            long found = replay.run(tail, goesOn);
            replayed = found >= 0;
            if (replayed && current != null) {
                current.addRecords(found);
            }
            if (replay.strange() != null) {
                folder.keep(replay.strange());
            }
        } catch (Error e) {
            // It is not the file that is at fault: it keeps all it holds, and the next start reads it.
            failure = "the replay has ended early: " + e;
            if (tail == null) {
                current.endLine();
            }
            notes.warn("journal: " + failure + "; " + folder.path() + " keeps what was not read");
        } catch (IOException | RuntimeException e) {
            replayed = true;
            folder.keep("it cannot be read to its end (" + e.getMessage() + ')');
            giveUp("read", e);
        } finally {
            closeOld();
            publish();
        }
    }

    /** There is something else under the journal's name: nothing of it is touched. */
    private void replaceForeign() throws IOException {
        JournalStranger stranger = JournalTail.stranger(old);
        closeCurrent();
        Path aside = folder.setAside();
        notes.warn("journal: there was no record in " + folder.path() + ": " + stranger.words() + "; it is kept as "
                + aside
                + ", and a new journal is begun; " + stranger.mend(aside, folder.path()));
        replayed = true;
        current = JournalFile.open(opener, folder.target(), buffers);
        current.continueAt(0);
        folder.sync(folder.target());
    }

    /** Appends the newest locations of the clients that have changed, and syncs; what fails is tried again later. */
    void round() {
        bursts.begin();
        wrote = false;
        try {
            changed.drain(this::append);
            if (current != null) {
                finish(current);
            }
        } catch (IOException e) {
            fail(e);
        }
        publish();
    }

    private void append(Location location) throws IOException {
        compaction.note(location);
        if (current != null) {
            current.append(location);
            wrote = true;
        }
        bursts.count();
    }

    private void finish(JournalFile file) throws IOException {
        if (policy == FsyncPolicy.NO) {
            file.flush();
        } else {
            file.sync();
        }
    }

    /** After a round: looks after the files, which no answer waits for. */
    void upkeep() {
        if (!replayed) {
            return;
        }
        try {
            lookForMeddling();
            JournalFile next = compaction.takeReady();
            if (next != null) {
                takeOver(next);
            }
            compaction.beginIfDue(current);
        } catch (IOException e) {
            failToRewrite(e);
        }
        publish();
    }

    private void lookForMeddling() {
        try {
            Meddling found = current == null ? Meddling.NONE : current.meddlingAt(folder.path());
            if (found != Meddling.NONE) {
                if (found.leavesNews()) {
                    folder.keep("it " + found.words());
                }
                fail(new IOException("it " + found.words() + " while the server runs"));
                compaction.retryNow();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void takeOver(JournalFile next) {
        closeCurrent();
        current = next;
        if (failure != null) {
            failure = null;
            notes.warn("journal: written anew, " + current.records() + " records; all is well again");
        }
    }

    /** Gives the files up: after a failed write or sync nobody knows what of them is on the disk. */
    void fail(Throwable e) {
        giveUp("write", e);
    }

    private void giveUp(String what, Throwable e) {
        boolean isNews = failure == null || current != null;
        failure = e.getMessage() == null ? e.toString() : e.getMessage();
        closeCurrent();
        compaction.giveUp(bounds.retryNanos());
        if (isNews) {
            notes.warn("journal: cannot " + what + ' ' + folder.path() + ": " + failure
                    + "; answers go on without it, and it is tried again");
        }
    }

    /**
     * Before the end: where the file had failed and the disk works again, the new one is finished, since what was taken
     * meanwhile is nowhere else.
     */
    public void finish(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        compaction.retryNow();
        while (replayed && current == null && System.nanoTime() - end < 0) {
            round();
            upkeep();
            if (compaction.isRunning()) {
                compaction.awaitWritten();
            } else if (current == null) {
                break;
            }
        }
        if (current == null) {
            notes.warn("journal: what was reported since it failed is in no file (" + failure + ')');
        }
    }

    /** A new file that cannot be written is no reason to give up one that can: there may be no room for both. */
    private void failToRewrite(IOException e) {
        if (current == null) {
            fail(e);
            return;
        }
        compaction.giveUp(bounds.rewriteRetryNanos());
        notes.warn("journal: cannot write it anew: " + e.getMessage() + "; it goes on in the old file");
        folder.deleteDraft();
    }

    private void closeOld() {
        try {
            old.close();
        } catch (IOException ignored) {
            // It was only read.
        }
    }

    private void closeCurrent() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    private void publish() {
        bytes = current == null ? 0 : current.bytes();
        records = current == null ? 0 : current.records();
    }

    JournalNotes notes() {
        return notes;
    }

    Path path() {
        return folder.path();
    }

    boolean hasWritten() {
        return wrote;
    }

    FsyncPolicy policy() {
        return policy;
    }

    public boolean isRewriting() {
        return compaction.isRunning();
    }

    public long bytes() {
        return bytes;
    }

    long records() {
        return records;
    }

    public String failure() {
        return failure;
    }

    /** Waits until no thread writes to any of the files, and closes them. */
    @Override
    public void close() {
        closeCurrent();
        compaction.close();
    }
}
