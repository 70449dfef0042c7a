package dev.proxyherd.log;

import dev.proxyherd.io.FileReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * A server's traffic log. Lines are copied into a bounded buffer; a platform thread of its own writes it to the disk,
 * some twenty times a second or when half of it is full.
 *
 * <p>While the disk works a full buffer makes its callers wait, and no line is lost. When a write fails or takes more
 * than a second, lines are dropped instead and counted, and the count is logged once writing works again.
 */
public final class TrafficLog implements AutoCloseable {
    /** The least bound on its disk that it can keep: a whole buffer must fit each of its files. */
    public static final long LEAST_BYTES = (long) RotatingFile.FILES * LogBuffer.BYTES;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final RotatingFile file;
    private final InstantSource clock;
    private final Consumer<String> warnings;
    private final Timestamps timestamps = new Timestamps();
    private final LogBuffer buffer = new LogBuffer();
    private final Faults faults;
    private final Thread writer;

    /** Whether the last round has begun; the writer's thread only. */
    private boolean ended;

    private TrafficLog(RotatingFile file, InstantSource clock, String name, Consumer<String> warnings) {
        this.file = file;
        this.clock = clock;
        this.warnings = warnings;
        // The writer's own faults are not logged: it would wait for itself to make room for the line.
        Faults ownFaults = new Faults(warnings);
        this.faults = ownFaults.telling(this::warn);
        this.writer = Thread.ofPlatform().daemon().unstarted(new Endless("log-" + name, ownFaults, this::writeNext));
    }

    /**
     * Opens the log for appending and starts its thread.
     *
     * @param maxBytes a bound on the disk that all its files take together; {@link #LEAST_BYTES} or more
     * @param warnings takes what {@link #warn} is given, beside the log
     * @throws IOException if the file cannot be opened; the message names it
     */
    public static TrafficLog open(Path path, long maxBytes, InstantSource clock, String name, Consumer<String> warnings)
            throws IOException {
        try {
            TrafficLog log = new TrafficLog(RotatingFile.open(path, maxBytes), clock, name, warnings);
            log.writer.start();
            return log;
        } catch (IOException e) {
            throw new IOException("the traffic log cannot be opened: " + FileReason.of(path, e), e);
        }
    }

    /** A place to gather one connection's lines. */
    public LogBatch batch(String peer) {
        return new LogBatch(this, peer);
    }

    /**
     * Logs one event, such as a link's start or end. It never throws: many an event is noted by a thread that has just
     * survived something, and is to go on.
     */
    public void note(String text) {
        try {
            LogBatch batch = batch("-");
            batch.note(text);
            batch.flush();
        } catch (RuntimeException | Error outOfMemory) {
            // There may not be the memory to say so either.
        }
    }

    /** Logs an event that a person should know of at once, and says so where people look. */
    public void warn(String text) {
        note(text);
        warnings.accept(text);
    }

    /** Tells and counts what threads of this log's server survive. */
    public Faults faults() {
        return faults;
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

    /** Takes whole lines; waits while there is no room for them and the disk works. */
    void append(byte[] bytes, int length, int lines) {
        buffer.append(bytes, length, lines);
    }

    private boolean writeNext() {
        if (ended) {
            return false;
        }
        boolean more = buffer.awaitWork();
        ended = !more;
        try {
            // At the end, too: what the last round has dropped is still to be told, and this is the only try that is left.
            writeRound();
        } finally {
            if (!more) {
                file.close();
            }
        }
        return more;
    }

    private void writeRound() {
        LogBuffer.Round round = buffer.take();
        long untold = round.lines() + round.dropped();
        try {
            untold = write(round);
        } finally {
            // Whatever was thrown: with a round that never ends nobody would get room any more.
            buffer.finish(untold);
        }
    }

    /** Writes the count of lines that were dropped before, then the lines; returns how many have yet to be told of. */
    private long write(LogBuffer.Round round) {
        long untold = round.lines() + round.dropped();
        try {
            if (round.dropped() > 0) {
                file.write(ByteBuffer.wrap(droppedNote(round.dropped())));
                untold = round.lines();
            }
            file.write(round.bytes());
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

    /** Writes what is left, for five seconds at most, and closes the file. Nothing may be logged after that. */
    @Override
    public void close() {
        buffer.close();
        try {
            writer.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
