package dev.proxyherd.fences.hooks;

import dev.proxyherd.io.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** One of the files that an outbox consists of. It is only added to, and deleted as a whole. The outbox's lock guards it. */
final class OutboxFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private long bytes;
    private boolean dirty;

    /** How many of its messages are still to be sent, and how long their lines are. */
    private int waiting;
    private long waitingBytes;

    private OutboxFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.bytes = channel.size();
    }

    /** Opens a file, or makes it. */
    static OutboxFile open(Path path) throws IOException {
        FileChannel channel = OwnerOnly.open(path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        try {
            return new OutboxFile(path, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Makes a new file's name survive a crash. */
    static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Adds lines, all or none.
     *
     * @return where they begin
     */
    long append(byte[] lines) throws IOException {
        long start = bytes;
        ByteBuffer buffer = ByteBuffer.wrap(lines);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, start + buffer.position());
            }
        } catch (IOException e) {
            channel.truncate(start);
            throw e;
        }
        bytes += lines.length;
        dirty = true;
        return start;
    }

    byte[] read(long start, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, start + buffer.position()) < 0) {
                throw new IOException(path + " is shorter than it was");
            }
        }
        return buffer.array();
    }

    /** Returns when all that was added is on the disk. */
    void sync() throws IOException {
        if (dirty) {
            channel.force(false);
            dirty = false;
        }
    }

    /** One of its messages is to be sent. */
    void begin(OutboxEntry entry) {
        waiting++;
        waitingBytes += entry.length();
    }

    /** One of its messages need not be sent any more. */
    void end(OutboxEntry entry) {
        waiting--;
        waitingBytes -= entry.length();
    }

    int waiting() {
        return waiting;
    }

    long waitingBytes() {
        return waitingBytes;
    }

    long bytes() {
        return bytes;
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
