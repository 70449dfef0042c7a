package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The journal's files. What changes goes to the end of the current file. When most of that is outdated, or it could not
 * be written, a new file is written from the store, a part in each round while changes go to both; when it is complete
 * it takes the current one's name. All but the status is for the journal's thread.
 */
public final class JournalWriter implements AutoCloseable {
    /** A file is written anew when it holds this many times the records of the store, and {@link #SPARE_RECORDS} more. */
    private static final int OUTDATED_FACTOR = 2;

    private static final int SPARE_RECORDS = 20_000;
    private static final long RETRY_NANOS = 1_000_000_000L;
    private static final long REWRITE_RETRY_NANOS = 60_000_000_000L;

    private final JournalFolder folder;
    private final FsyncPolicy policy;
    private final LocationStore store;
    private final ChangedClients changed;
    private final Expiry expiry;
    private final JournalNotes notes;
    private final Bursts bursts;

    private JournalFile current;
    private JournalRewrite rewrite;

    /** Whether the store holds all that the file did; only then can a file be written anew from it. */
    private boolean replayed;

    private long retryAt = System.nanoTime();
    private volatile long bytes;
    private volatile long records;
    private volatile String failure;

    /**
     * @param changed what the store has taken and the file does not hold yet
     * @param notes takes what a person should know
     */
    public JournalWriter(Path path, FsyncPolicy policy, LocationStore store, ChangedClients changed, Expiry expiry,
            JournalNotes notes) {
        this.folder = new JournalFolder(path, expiry.clock(), notes);
        this.policy = policy;
        this.bursts = new Bursts(policy != FsyncPolicy.ALWAYS);
        this.store = store;
        this.changed = changed;
        this.expiry = expiry;
        this.notes = notes;
    }

    /**
     * Merges what the file holds into the store.
     *
     * @param goesOn asked now and then, and may call {@link #round}; when it says no, the replay ends and what has not
     *     been read stays as it is
     */
    void replay(BooleanSupplier goesOn) {
        if (!Files.notExists(folder.path())) {
            replayFile(goesOn);
        } else {
            replayed = true;
            try {
                current = JournalFile.open(folder.path(), 0);
                folder.sync();
            } catch (IOException e) {
                fail(e);
            }
        }
        folder.deleteDraft();
        publish();
    }

    private void replayFile(BooleanSupplier goesOn) {
        JournalReplay replay = new JournalReplay(folder.path(), store, expiry, notes);
        try {
            current = replay.open();
            long found = replay.run(goesOn);
            replayed = found >= 0;
            if (replayed && current != null) {
                current.addRecords(found);
            }
        } catch (Error e) {
            // It is not the file that is at fault: it keeps all it holds, and the next start reads it.
            failure = "the replay has ended early: " + e;
            notes.warn("journal: " + failure + "; " + folder.path() + " keeps what was not read");
        } catch (IOException | RuntimeException e) {
            closeCurrent();
            replayed = true;
            folder.keep(e);
            try {
                folder.clear();
                failure = "the old file could not be read"; // the next round begins a new one
            } catch (IOException stillThere) {
                fail(stillThere);
            }
        }
    }

    /** Appends the newest locations of the clients that have changed, and syncs; what fails is tried again later. */
    void round() {
        bursts.begin();
        try {
            changed.drain(this::append);
            if (current != null) {
                finish(current);
            }
        } catch (IOException e) {
            fail(e);
        }
        try {
            if (replayed) {
                rewrite();
            }
        } catch (IOException e) {
            failToRewrite(e);
        }
        publish();
    }

    private void append(Location location) throws IOException {
        if (rewrite != null) {
            rewrite.note(location);
        }
        if (current != null) {
            current.append(location);
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

    private void rewrite() throws IOException {
        if (rewrite == null) {
            boolean due = current == null
                    || current.records() > OUTDATED_FACTOR * (long) store.size() + SPARE_RECORDS;
            if (due && System.nanoTime() - retryAt >= 0) {
                folder.clear();
                rewrite = new JournalRewrite(folder.draft(), store);
            }
        } else if (rewrite.writePart(bursts)) {
            folder.promoteDraft();
            closeCurrent();
            current = rewrite.file();
            rewrite = null;
            if (failure != null) {
                failure = null;
                notes.warn("journal: written anew, " + current.records() + " records; all is well again");
            }
        }
    }

    /** Gives the files up: after a failed write or sync nobody knows what of them is on the disk. */
    void fail(Throwable e) {
        boolean isNews = failure == null || current != null;
        failure = String.valueOf(e.getMessage());
        closeCurrent();
        closeRewrite();
        retryAt = System.nanoTime() + RETRY_NANOS;
        if (isNews) {
            notes.warn("journal: cannot write " + folder.path() + ": " + failure + "; answers go on without it, and it is tried again");
        }
    }

    /**
     * Before the end: where the file had failed and the disk works again, the new one is finished, since what was taken
     * meanwhile is nowhere else.
     */
    void finish(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        retryAt = System.nanoTime();
        while (replayed && current == null && System.nanoTime() - end < 0) {
            round();
            if (current == null && rewrite == null) {
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
        closeRewrite();
        retryAt = System.nanoTime() + REWRITE_RETRY_NANOS;
        notes.warn("journal: cannot write it anew: " + e.getMessage() + "; it goes on in the old file");
        folder.deleteDraft();
    }

    private void closeRewrite() {
        if (rewrite != null) {
            rewrite.close();
            rewrite = null;
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

    FsyncPolicy policy() {
        return policy;
    }

    boolean isRewriting() {
        return rewrite != null;
    }

    long bytes() {
        return bytes;
    }

    long records() {
        return records;
    }

    String failure() {
        return failure;
    }

    @Override
    public void close() {
        closeCurrent();
        closeRewrite();
    }
}
