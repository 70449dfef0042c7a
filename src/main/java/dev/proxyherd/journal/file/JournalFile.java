package dev.proxyherd.journal.file;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A file that records are appended to. One thread at a time. */
public final class JournalFile implements AutoCloseable {
    private final FileChannel channel;
    private final JournalDisk disk;
    private final ByteBuffer buffer;

    /** What the file system knows the file by, whatever its name; null where it has no such thing. */
    private final @Nullable Object key;

    private final CRC32C crc = new CRC32C();
    private long records;
    private long bytes;
    private boolean dirty;
    private boolean closed;

    private JournalFile(FileChannel channel, @Nullable Object key, JournalDisk disk) {
        this.channel = channel;
        this.key = key;
        this.disk = disk;
        this.buffer = disk.takeBuffer();
    }

    /** A file that was opened for writing; {@link JournalDisk#open} does that. */
    static JournalFile of(FileChannel channel, Path path, JournalDisk disk) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        JournalFile file = new JournalFile(channel, key, disk);
        file.continueAt(channel.size());
        return file;
    }

    /** Appends from here on: what the file holds after it is cut. */
    public void continueAt(long end) throws IOException {
        channel.truncate(end);
        channel.position(end);
        bytes = end;
    }

    /** Ends a line that is damaged, so that the next record is not. */
    public void endLine() {
        buffer.put((byte) '\n');
        bytes++;
    }

    /** Says that the file held so many records when it was opened. */
    public void addRecords(long found) {
        records += found;
    }

    /** Adds a record, which {@link #flush} hands to the operating system at the latest. */
    public void append(Location location) throws IOException {
        if (buffer.remaining() < JournalRecord.length(location)) {
            flush();
        }
        JournalRecord.write(location, buffer, crc);
        records++;
        bytes += JournalRecord.length(location);
        dirty = true;
    }

    public void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** Flushes, and returns when all that was appended is on the disk. */
    public void sync() throws IOException {
        flush();
        if (dirty) {
            channel.force(false);
            dirty = false;
        }
    }

    /** Once all is flushed: whether the file by this name is this one, and as it was left. */
    public Tampering tamperingAt(Path path) throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return Tampering.DELETED;
        }
        if (key != null && !key.equals(found.fileKey())) {
            return Tampering.REPLACED;
        }
        if (found.size() == bytes) {
            return Tampering.NONE;
        }
        return found.size() < bytes ? Tampering.CUT : Tampering.ADDED_TO;
    }

    public long records() {
        return records;
    }

    /** What the file system knows the file by; null where it has no such thing. */
    public @Nullable Object key() {
        return key;
    }

    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        disk.giveBack(buffer);
        try {
            channel.close();
        } catch (IOException ignored) {
            // Whoever wanted to know that all was written has synced.
        }
    }
}
