package dev.proxyherd.journal;

import dev.proxyherd.journal.file.JournalFile;
import dev.proxyherd.journal.file.JournalFolder;
import dev.proxyherd.journal.file.Tampering;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Room;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What the journal's thread does with its files. What changes goes to the end of the current file. When most of that is
 * outdated, or it could not be written, {@link JournalCompaction} has a new file written from the store while changes go
 * to both; when it is complete it takes the current one's name. For the journal's thread alone.
 */
final class JournalWriter implements AutoCloseable {
    private final FsyncPolicy policy;
    private final JournalNotes notes;
    private final JournalFolder folder;
    private final CurrentFile current;
    private final ChangedClients changed;
    private final JournalReplay replay;
    private final JournalCompaction compaction;
    private final JournalBounds bounds;
    private final Pacing pacing;

    /** Whether the store holds all that the file did; only then can a file be rewritten from it. */
    private boolean replayed;

    /** Whether the last round had anything to write. */
    private boolean wrote;

    /**
     * @param changed what the store has taken and the file does not hold yet
     * @param whenRewritten runs, on the thread that has written it, when {@link #upkeep} has a new file to take over
     */
    JournalWriter(JournalSettings settings, OpenJournal opened, Room room, ChangedClients changed,
            JournalBounds bounds, Runnable whenRewritten) {
        this.policy = settings.fsync();
        this.notes = settings.notes();
        this.folder = opened.folder();
        this.current = opened.current();
        this.changed = changed;
        this.replay = new JournalReplay(opened, room, settings.expiry(), notes);
        this.compaction = new JournalCompaction(opened, new UnreadRecords(opened, room.store(), settings.expiry()),
                bounds, notes, whenRewritten);
        this.bounds = bounds;
        this.pacing = new Pacing(policy != FsyncPolicy.ALWAYS);
    }

    /**
     * Merges what the file holds into the store; once, before all else.
     *
     * @param goesOn asked now and then, and may call {@link #round}; when it says no, the replay ends and what has not
     *     been read stays as it is
     */
    void replay(BooleanSupplier goesOn) {
        try {
            replayed = replay.run(goesOn);
            if (current.unread() > 0) {
                compaction.beganWith(current.file());
            }
            compaction.replayed(replay.sawErased());
        } catch (IOException | RuntimeException e) {
            replayed = true;
            folder.keep("it cannot be read to its end (" + e.getMessage() + ')');
            giveUp("read", e);
        } finally {
            current.publish();
        }
    }

    /** Appends the newest locations of the clients that have changed, and syncs; what fails is tried again later. */
    void round() {
        pacing.begin();
        wrote = false;
        try {
            changed.drain(this::append);
            current.commit(policy);
        } catch (IOException e) {
            fail(e);
        }
        current.publish();
    }

    private void append(Location location) throws IOException {
        compaction.note(location);
        if (current.append(location)) {
            wrote = true;
        }
        pacing.count();
    }

    /** After a round: looks after the files, which no answer waits for. */
    void upkeep() {
        if (!replayed) {
            return;
        }
        try {
            lookForTampering();
            JournalFile next = compaction.takeReady();
            if (next != null) {
                current.replace(next);
                current.unread(compaction.carried());
            }
            compaction.beginIfDue(current.file());
        } catch (IOException | RuntimeException | Error e) {
            failToRewrite(e);
        }
        current.publish();
    }

    private void lookForTampering() {
        try {
            Tampering found = current.tampering();
            if (found != Tampering.NONE) {
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

    /** Gives the files up: after a failed write or sync nobody knows what of them is on the disk. */
    void fail(Throwable e) {
        giveUp("write", e);
    }

    private void giveUp(String what, Throwable e) {
        compaction.giveUp(bounds.retryNanos());
        current.giveUp(what, e);
    }

    /** A new file that cannot be written is no reason to give up one that can: there may be no room for both, or no memory. */
    private void failToRewrite(Throwable e) {
        if (current.file() == null) {
            fail(e);
            return;
        }
        compaction.giveUp(bounds.rewriteRetryNanos());
        notes.warn("journal: cannot write it anew: " + CurrentFile.words(e) + "; it goes on in the old file");
        folder.deleteDraft();
    }

    /**
     * Before the end: where the file had failed and the disk works again, the new one is finished, since what was taken
     * meanwhile is nowhere else.
     */
    void finish(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        compaction.retryNow();
        while (replayed && current.file() == null && System.nanoTime() - end < 0) {
            round();
            upkeep();
            if (compaction.isRunning()) {
                compaction.awaitWritten();
            } else if (current.file() == null) {
                break;
            }
        }
        if (current.file() == null) {
            notes.warn("journal: what was reported since it failed is in no file (" + current.failure() + ')');
        }
    }

    boolean hasWritten() {
        return wrote;
    }

    boolean isRewriting() {
        return compaction.isRunning();
    }

    /** Waits until no thread writes to any of the files, and closes them. */
    @Override
    public void close() {
        current.close();
        compaction.close();
    }
}
