package dev.proxyherd.fences.hooks;

import dev.proxyherd.io.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The files of an outbox, of which the newest is added to. The outbox's lock guards it. */
final class OutboxFiles implements AutoCloseable {
    /** Of the room that there is, a file takes one such part. */
    private static final int PARTS = 16;

    /** A file is rewritten when one such part of it waits, or less. */
    private static final int FEW = 4;

    private final Path folder;
    private final long limit;
    private final Outbox.Sync sync;
    private final Deque<OutboxFile> files;
    private long nextNumber;

    /** Null until something is to be written: a crash may have left part of a line at the end of the last. */
    private @Nullable OutboxFile newest;

    /** So many of the oldest hold what is to be gone soon. */
    private int outdated;

    /**
     * @param limit how much disk they may take, in bytes
     * @param found what is there
     */
    OutboxFiles(Path folder, long limit, Outbox.Sync sync, OutboxReader found) {
        this.folder = folder;
        this.limit = limit;
        this.sync = sync;
        this.files = found.files();
        this.nextNumber = found.lastFile() + 1;
        this.outdated = files.size();
    }

    /** The one to add to, made if there is none, or it is full. */
    OutboxFile newest() throws IOException {
        OutboxFile file = newest;
        if (file == null || file.bytes() >= limit / PARTS) {
            OwnerOnly.makeFolder(folder);
            file = OutboxFile.open(OutboxReader.file(folder, nextNumber));
            nextNumber++;
            files.add(file);
            if (sync != Outbox.Sync.NEVER) {
                OutboxFile.syncFolder(folder);
            }
            newest = file;
        }
        return file;
    }

    /** All that are there are to be gone soon, whatever waits in them. */
    void outdate() {
        newest = null;
        outdated = files.size();
    }

    /** The oldest, whose messages must go for want of room; null while there is enough. */
    @Nullable
    OutboxFile oneTooMany() {
        return bytes() > limit ? oldest() : null;
    }

    /** The oldest, if what waits in it is to be carried over to the newest; else null. */
    @Nullable
    OutboxFile toCarryOver() {
        OutboxFile oldest = oldest();
        return oldest != null && (outdated > 0 || (files.size() > 2 && oldest.waitingBytes() <= oldest.bytes() / FEW))
                ? oldest : null;
    }

    /** Null where there is none but the newest. */
    private @Nullable OutboxFile oldest() {
        OutboxFile oldest = files.peekFirst();
        return oldest == newest ? null : oldest;
    }

    /** Lets those go of which nothing waits: the oldest first, for what is written of its messages later must not be gone before it. */
    void deleteEmpty() throws IOException {
        OutboxFile oldest = oldest();
        while (oldest != null && oldest.waiting() == 0) {
            deleteOldest();
            oldest = oldest();
        }
    }

    void deleteOldest() throws IOException {
        if (sync != Outbox.Sync.NEVER) {
            // What was carried over from it must be there.
            sync();
        }
        OutboxFile oldest = files.removeFirst();
        outdated = Math.max(0, outdated - 1);
        oldest.delete();
    }

    /** Whether half of the room or more is free. */
    boolean isHalfEmpty() {
        return bytes() < limit / 2;
    }

    /** How much disk they take. */
    long bytes() {
        return files.stream().mapToLong(OutboxFile::bytes).sum();
    }

    /** Returns when all that was added is on the disk. */
    void sync() throws IOException {
        for (OutboxFile file : files) {
            file.sync();
        }
    }

    @Override
    public void close() throws IOException {
        for (OutboxFile file : files) {
            file.close();
        }
    }
}
