package dev.proxyherd.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A server's traffic log. Lines are copied into a bounded buffer; a platform thread of its own writes it to the disk,
 * some twenty times a second or when half of it is full.
 *
 * <p>While the disk works a full buffer makes its callers wait, and no line is lost. When a write fails or takes more
 * than a second, lines are dropped instead and counted, and the count is logged once writing works again.
 */
public final class TrafficLog implements AutoCloseable {
    /** Half of what may wait for the disk: one buffer fills while the other is written. */
    static final int BUFFER_BYTES = 1024 * 1024;

    /** The least bound on its disk that it can keep: a whole buffer must fit each of its files. */
    public static final long LEAST_BYTES = (long) RotatingFile.FILES * BUFFER_BYTES;

    private static final Duration GATHER = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final RotatingFile file;
    private final InstantSource clock;
    private final Timestamps timestamps;
    private final Thread writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();

    /** Outside of the heap, from where the system can write without another copy. */
    private ByteBuffer filling = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private ByteBuffer spare = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private int filledLines;
    private long droppedLines;
    private boolean resting;
    private boolean writing;
    private long writingSince;
    private boolean failing;
    private boolean closing;

    private TrafficLog(RotatingFile file, InstantSource clock, String name) {
        this.file = file;
        this.timestamps = new Timestamps();
        this.clock = clock;
        this.writer = Thread.ofPlatform().daemon().name("log-" + name).unstarted(this::writeAll);
    }

    /**
     * Opens the log for appending and starts its thread.
     *
     * @param maxBytes a bound on the disk that all its files take together; {@link #LEAST_BYTES} or more
     * @throws IOException if the file cannot be opened
     */
    public static TrafficLog open(Path path, long maxBytes, InstantSource clock, String name) throws IOException {
        TrafficLog log = new TrafficLog(RotatingFile.open(path, maxBytes), clock, name);
        log.writer.start();
        return log;
    }

    /** A place to gather one connection's lines. */
    public LogBatch batch(String peer) {
        return new LogBatch(this, peer);
    }

    /** Logs one event, such as a link's start or end. */
    public void note(String text) {
        LogBatch batch = batch("-");
        batch.note(text);
        batch.flush();
    }

    /** Reads the clock and writes the time at the start of {@code stamp}. */
    Instant stamp(byte[] stamp) {
        Instant now = clock.instant();
        timestamps.write(now, stamp, 0);
        return now;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void append(byte[] bytes, int length, int lines) {
        lock.lock();
        try {
            if (length > BUFFER_BYTES || !awaitRoom(length)) {
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

    private void writeAll() {
        while (awaitWork()) {
            writeRound();
        }
        // What the last round has dropped is still to be told; this is the only try that is left.
        writeRound();
        file.close();
    }

    private void writeRound() {
        ByteBuffer batch;
        int lines;
        long dropped;
        lock.lock();
        try {
            batch = filling.flip();
            lines = filledLines;
            dropped = droppedLines;
            filling = spare.clear();
            spare = batch;
            filledLines = 0;
            droppedLines = 0;
            writing = true;
            writingSince = System.nanoTime();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        finish(write(batch, lines, dropped));
    }

    /** Rests a little, so that lines gather, then waits until there is one; false when all is written and no more comes. */
    private boolean awaitWork() {
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
        } catch (InterruptedException nobodyInterruptsThis) {
            return true;
        } finally {
            resting = false;
            lock.unlock();
        }
    }

    private boolean isHalfFull() {
        return filling.position() >= BUFFER_BYTES / 2;
    }

    /** Writes the count of lines that were dropped before, then these; returns how many have yet to be told of. */
    private long write(ByteBuffer batch, int lines, long dropped) {
        long untold = lines + dropped;
        try {
            if (dropped > 0) {
                file.write(ByteBuffer.wrap(droppedNote(dropped)));
                untold = lines;
            }
            file.write(batch);
            return 0;
        } catch (IOException | UncheckedIOException e) {
            return untold;
        }
    }

    private byte[] droppedNote(long dropped) {
        byte[] time = new byte[Timestamps.LENGTH];
        stamp(time);
        return bytes(new String(time, StandardCharsets.US_ASCII) + " -- " + dropped
                + " lines were not logged: the disk failed or was too slow\n");
    }

    private void finish(long untold) {
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

    /** Writes what is left, for five seconds at most, and closes the file. Nothing may be logged after that. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
