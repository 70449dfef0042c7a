package dev.proxyherd.log;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lines that wait for the log's disk: one buffer of {@value #BYTES} bytes fills while another is written. Any number of
 * threads append; one thread takes a round of lines, writes it, says how that went, and takes the next.
 *
 * <p>While the disk works a full buffer makes those who append wait. When a write fails, or takes more than a second,
 * their lines are dropped instead and counted.
 */
final class LogBuffer {
    static final int BYTES = 1024 * 1024;

    private static final Duration GATHER = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();

    /** Outside of the heap, from where the system can write without another copy. */
    private ByteBuffer filling = ByteBuffer.allocateDirect(BYTES);
    private ByteBuffer spare = ByteBuffer.allocateDirect(BYTES);
    private int filledLines;
    private long droppedLines;

    /** Whether the writer gathers lines, and is to be woken only when there are many. */
    private boolean resting;
    private boolean writing;
    private long writingSince;
    private boolean failing;
    private boolean closing;

    /**
     * What is to be written now.
     *
     * @param bytes whole lines; valid until the next round is taken
     * @param lines how many
     * @param dropped how many were dropped before them
     */
    record Round(ByteBuffer bytes, int lines, long dropped) {
    }

    void append(byte[] bytes, int length, int lines) {
        lock.lock();
        try {
            if (length > BYTES || !awaitRoom(length)) {
                droppedLines += lines;
                return;
            }
            boolean wasHalfFull = isHalfFull();
            filling.put(bytes, 0, length);
            filledLines += lines;
            if (resting ? !wasHalfFull && isHalfFull() : filling.position() == length) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room, as long as the disk makes progress. */
    private boolean awaitRoom(int length) {
        while (filling.remaining() < length) {
            long left = PATIENCE.toNanos() - (writing ? System.nanoTime() - writingSince : 0);
            if (failing || closing || left <= 0) {
                return false;
            }
            try {
                room.awaitNanos(left);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Rests a little, so that lines gather, then waits until there is one; false when all is written and no more comes. */
    boolean awaitWork() {
        lock.lock();
        try {
            resting = true;
            long left = GATHER.toNanos();
            while (!isHalfFull() && !closing && left > 0) {
                left = work.awaitNanos(left);
            }
            resting = false;
            while (filling.position() == 0 && droppedLines == 0 && !closing) {
                work.awaitUninterruptibly();
            }
            return filling.position() > 0 || !closing;
        } catch (InterruptedException interrupted) {
            return true;
        } finally {
            resting = false;
            lock.unlock();
        }
    }

    private boolean isHalfFull() {
        return filling.position() >= BYTES / 2;
    }

    /** Takes all that waits; the writing begins now. */
    Round take() {
        lock.lock();
        try {
            Round round = new Round(filling.flip(), filledLines, droppedLines);
            filling = spare.clear();
            spare = round.bytes();
            filledLines = 0;
            droppedLines = 0;
            writing = true;
            writingSince = System.nanoTime();
            room.signalAll();
            return round;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The writing of the round has ended.
     *
     * @param untold how many lines are lost and have yet to be told of; 0 if all went well
     */
    void finish(long untold) {
        lock.lock();
        try {
            writing = false;
            failing = untold > 0;
            droppedLines += untold;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Makes nobody wait any more: not for room, nor for lines. */
    void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
