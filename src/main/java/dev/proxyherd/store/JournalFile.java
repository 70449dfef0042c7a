package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** A file that records are appended to. One thread only. */
final class JournalFile implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final CRC32C crc = new CRC32C();
    private long records;
    private long bytes;
    private boolean dirty;

    private JournalFile(FileChannel channel, long bytes) {
        this.channel = channel;
        this.bytes = bytes;
    }

    /** Opens a file for appending, or creates it; what it holds after {@code bytes} is cut. */
    static JournalFile open(Path path, long bytes) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.truncate(bytes);
            channel.position(bytes);
            return new JournalFile(channel, bytes);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Ends a line that is damaged, so that the next record is not. */
    void endLine() {
        buffer.put((byte) '\n');
        bytes++;
    }

    /** Says that the file held so many records when it was opened. */
    void addRecords(long found) {
        records += found;
    }

    /** Adds a record, which {@link #flush} hands to the operating system at the latest. */
    void append(Location location) throws IOException {
        if (buffer.remaining() < JournalRecord.length(location)) {
            flush();
        }
        JournalRecord.write(location, buffer, crc);
        records++;
        bytes += JournalRecord.length(location);
        dirty = true;
    }

    void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** Flushes, and returns when all that was appended is on the disk. */
    void sync() throws IOException {
        flush();
        if (dirty) {
            channel.force(false);
            dirty = false;
        }
    }

    long records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // Whoever wanted to know that all was written has synced.
        }
    }
}
