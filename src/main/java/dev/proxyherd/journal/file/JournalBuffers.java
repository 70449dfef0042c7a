package dev.proxyherd.journal.file;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The buffers of a journal's files, used again and again: the memory of one that was dropped would come back only when
 * the garbage collector pleases, which for a disk that is full is not often enough. There are as many as files are open
 * at once, two. For any thread.
 */
public final class JournalBuffers {
    private static final int SIZE = 256 * 1024;

    private final Queue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();

    ByteBuffer take() {
        ByteBuffer buffer = spare.poll();
        return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer.clear();
    }

    void giveBack(ByteBuffer buffer) {
        spare.add(buffer);
    }
}
