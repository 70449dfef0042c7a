package dev.proxyherd.journal;

import dev.proxyherd.journal.file.JournalDisk;
import dev.proxyherd.journal.file.JournalFile;
import dev.proxyherd.journal.file.JournalFolder;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** When a journal is rewritten: decides that, starts it, and gives the new file its name. For the journal's thread. */
final class JournalCompaction implements AutoCloseable {
    /** A file is rewritten when it holds this many times the records of the store, and some more. */
    private static final int OUTDATED_FACTOR = 2;

    private final JournalFolder folder;
    private final LocationStore store;
    private final UnreadRecords unread;
    private final JournalDisk disk;
    private final JournalBounds bounds;
    private final JournalNotes notes;
    private final Runnable whenWritten;
    private final Erasure erasure;
    private @Nullable JournalRewrite rewrite;
    private long retryAt = System.nanoTime();

    /** How many records the current file held twice when it was new: no reason to rewrite it at once. */
    private long bornOutdated;

    /** How many records that the store had no room for the last new file has. */
    private long carried;

    /** @param whenWritten runs, on the thread that has written it, when a new file is ready */
    JournalCompaction(OpenJournal opened, UnreadRecords unread, JournalBounds bounds, JournalNotes notes,
            Runnable whenWritten) {
        this.folder = opened.folder();
        this.disk = opened.disk();
        this.unread = unread;
        this.store = unread.store();
        this.bounds = bounds;
        this.notes = notes;
        this.whenWritten = whenWritten;
        this.erasure = new Erasure(store, bounds.eraseNanos());
    }

    /** The replay is over; the file may still hold what clients were known by that were forgotten then. */
    void replayed(boolean holdsErased) {
        erasure.replayed(holdsErased);
    }

    /** Whether a new file is being written, or waits to be taken. */
    boolean isRunning() {
        return rewrite != null;
    }

    /** Says that a location has changed, which the store held before this call. */
    void note(Location location) {
        if (rewrite != null) {
            rewrite.note(location);
        }
    }

    /**
     * Begins a new file if one is due.
     *
     * @param current the file there is, or null
     */
    void beginIfDue(@Nullable JournalFile current) throws IOException {
        if (rewrite == null && isDue(current) && System.nanoTime() - retryAt >= 0) {
            JournalRewrite next = new JournalRewrite(folder.draft(), unread, disk, bounds, whenWritten);
            erasure.begin();
            Thread.ofPlatform().daemon().name("journal-rewrite").start(next);
            rewrite = next;
        }
    }

    private boolean isDue(@Nullable JournalFile current) {
        return current == null || folder.keeps() || erasure.isDue()
                || current.records() > OUTDATED_FACTOR * (long) store.records() + bounds.spareRecords() + bornOutdated;
    }

    /**
     * Gives a new file that is ready the current one's name, with all in it that was noted.
     *
     * @return it, or null if none is ready
     */
    @Nullable
    JournalFile takeReady() throws IOException {
        if (rewrite == null || !rewrite.hasEnded()) {
            return null;
        }
        JournalRewrite done = rewrite;
        rewrite = null;
        @Nullable
        JournalFile taken = null;
        try {
            if (!done.isCancelled()) {
                JournalFile next = done.complete();
                IOException unreadable = done.copied().failure();
                if (unreadable != null) {
                    folder.keep("what there was no room for cannot be read from it (" + CurrentFile.words(unreadable)
                            + ')');
                }
                String kept = folder.promote(done.draft());
                if (kept != null) {
                    notes.warn("journal: " + kept);
                }
                beganWith(next);
                carried = done.copied().records();
                taken = next;
            }
            return taken;
        } finally {
            erasure.end(taken != null);
            if (taken == null) {
                done.close();
            }
        }
    }

    /** What a file holds at first beyond what the store does is no reason to rewrite it, where it is there for a reason. */
    void beganWith(@Nullable JournalFile file) {
        bornOutdated = file == null ? 0 : Math.max(0, file.records() - store.records());
    }

    /** How many records that the store had no room for the last new file has. */
    long carried() {
        return carried;
    }

    /** Gives up a new file that is being written; the next one may be begun after so many nanoseconds. */
    void giveUp(long retryNanos) {
        if (rewrite != null) {
            rewrite.cancel();
        }
        retryAt = System.nanoTime() + retryNanos;
    }

    /** Lets a new file be begun now. */
    void retryNow() {
        retryAt = System.nanoTime();
    }

    /** Waits until the new file is ready, or has failed; it is written without rests. */
    void awaitWritten() {
        if (rewrite != null) {
            rewrite.hurry();
            rewrite.awaitEnd();
        }
    }

    /** Waits until no thread writes a new file. */
    @Override
    public void close() {
        if (rewrite != null) {
            rewrite.close();
        }
    }
}
