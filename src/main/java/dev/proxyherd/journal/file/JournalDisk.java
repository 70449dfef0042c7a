package dev.proxyherd.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Opens a journal's files and has the buffers that they are written through, used again and again: the memory of one that
 * was dropped would come back only when the garbage collector pleases, which for a disk that is full is not often enough.
 * There are as many as files are open at once, two. For any thread.
 */
public final class JournalDisk {
    private static final int BUFFER = 256 * 1024;

    private final ChannelOpener opener;
    private final Queue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();

    public JournalDisk(ChannelOpener opener) {
        this.opener = opener;
    }

    /**
     * Opens a file, or creates it, to append to it; {@link JournalFile#continueAt} may say that it is to be cut first.
     *
     * @throws IOException if that cannot be done, for lack of memory, too
     */
    public JournalFile open(Path path) throws IOException {
        FileChannel channel = channel(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return JournalFile.of(channel, path, this);
        } catch (OutOfMemoryError e) {
            channel.close();
            throw lackOfMemory(path, e);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** Opens a file to read it; errors as for {@link #open}. */
    public FileChannel openToRead(Path path) throws IOException {
        return channel(path, StandardOpenOption.READ);
    }

    private FileChannel channel(Path path, OpenOption... options) throws IOException {
        try {
            return opener.open(path, Set.of(options));
        } catch (OutOfMemoryError e) {
            throw lackOfMemory(path, e);
        }
    }

    private static IOException lackOfMemory(Path path, OutOfMemoryError e) {
        return new IOException(path + " cannot be opened for lack of memory (" + e.getMessage()
                + "); HERD_JAVA_OPTS=-Xmx2g, for example, gives more", e);
    }

    ByteBuffer takeBuffer() {
        ByteBuffer buffer = spare.poll();
        return buffer == null ? ByteBuffer.allocateDirect(BUFFER) : buffer.clear();
    }

    void giveBack(ByteBuffer buffer) {
        spare.add(buffer);
    }
}
