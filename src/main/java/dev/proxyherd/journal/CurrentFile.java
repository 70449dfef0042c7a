package dev.proxyherd.journal;

import dev.proxyherd.io.FileReason;
import dev.proxyherd.journal.file.JournalFile;
import dev.proxyherd.journal.file.Tampering;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file that records go to or, after a failure, why there is none. For the journal's thread; the figures, as they were
 * last published, and the failure are for any.
 */
final class CurrentFile implements AutoCloseable {
    private final Path path;
    private final JournalNotes notes;
    private @Nullable JournalFile file;
    private volatile Written written = new Written(0, null);
    private volatile long records;
    private volatile long unread;
    private volatile @Nullable String failure;

    /**
     * What was handed over at the end of a round, all of one file.
     *
     * @param key what the file system knows the file by; null where it has no such thing, or there is no file
     */
    record Written(long bytes, @Nullable Object key) {
    }

    /** @param path the journal's name, as the server was told */
    CurrentFile(JournalFile file, Path path, JournalNotes notes) {
        this.file = file;
        this.path = path;
        this.notes = notes;
    }

    /** Null after a failure. */
    @Nullable
    JournalFile file() {
        return file;
    }

    /** Adds a record; false where there is no file. */
    boolean append(Location location) throws IOException {
        if (file == null) {
            return false;
        }
        file.append(location);
        return true;
    }

    /** Hands all records over, to the disk or, with {@link FsyncPolicy#NO}, to the operating system. */
    void commit(FsyncPolicy policy) throws IOException {
        if (file != null && policy == FsyncPolicy.NO) {
            file.flush();
        } else if (file != null) {
            file.sync();
        }
    }

    /** Once all is committed: what somebody else has done to the file. */
    Tampering tampering() throws IOException {
        return file == null ? Tampering.NONE : file.tamperingAt(path);
    }

    /** Goes on in a file that holds all that the store does. */
    void replace(JournalFile next) {
        begin(next);
        if (failure != null) {
            failure = null;
            notes.warn("journal: written anew, " + next.records() + " records; all is well again");
        }
    }

    void begin(JournalFile next) {
        close();
        file = next;
    }

    /** Gives the file up: after a failed write or sync nobody knows what of it is on the disk. */
    void giveUp(String what, Throwable e) {
        boolean isNews = failure == null || file != null;
        // First of all: what comes after it may find no memory.
        close();
        failure = e instanceof FileSystemException named && path.toString().equals(named.getFile())
                ? FileReason.of(named) : words(e);
        if (isNews) {
            notes.warn("journal: cannot " + what + ' ' + path + ": " + failure
                    + "; answers go on without it, and it is tried again");
        }
    }

    /** What is said of a failure; of an error, which says little by itself, its kind too. */
    static String words(Throwable e) {
        if (e instanceof FileSystemException named) {
            return named.getFile() + ": " + FileReason.of(named);
        }
        return e instanceof Error || e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** The replay ended early, which is not the file's fault: it goes on, and the next start reads all of it. */
    void goOnUnread(Error e) {
        failure = "the replay has ended early: " + e;
        notes.warn("journal: " + failure + "; " + path + " keeps what was not read");
    }

    /** Brings the figures up to date. */
    void publish() {
        written = file == null ? new Written(0, null) : new Written(file.bytes(), file.key());
        records = file == null ? 0 : file.records();
    }

    long bytes() {
        return written.bytes();
    }

    Written written() {
        return written;
    }

    long records() {
        return records;
    }

    /** How many of the records the store has no room for, and which nothing in it has outdated. */
    long unread() {
        return unread;
    }

    void unread(long count) {
        unread = count;
    }

    /** Why nothing can be written, or not all was read; null when all is well. */
    @Nullable
    String failure() {
        return failure;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
