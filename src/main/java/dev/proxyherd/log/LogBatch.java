package dev.proxyherd.log;

import java.time.Instant;
import java.util.Arrays;

/**
 * Log lines of one connection, gathered beside its answers so that the shared log is entered once for many of them.
 * One thread only.
 *
 * <p>A line is {@code time direction peer text}. Bytes that could move a terminal's cursor or forge a line (below 0x20,
 * and 0x7F) are written as {@code \xNN}; all others, a tab apart, are copied as they are.
 */
public final class LogBatch {
    private static final int SMALLEST_BUFFER = 256;
    private static final int HAND_OVER_AT = 16 * 1024;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private static final byte[] NOTE = {' ', '-', '-', ' '};

    private final TrafficLog log;
    private final byte[] in;
    private final byte[] out;
    private final byte[] outInvalid;
    private final byte[] stamp = new byte[Timestamps.LENGTH];
    private byte[] buffer = new byte[SMALLEST_BUFFER];
    private int filled;
    private int lines;

    LogBatch(TrafficLog log, String peer) {
        this.log = log;
        this.in = TrafficLog.bytes(" in  " + peer + ' ');
        this.out = TrafficLog.bytes(" out " + peer + ' ');
        this.outInvalid = TrafficLog.bytes(" out " + peer + " ? ");
    }

    /**
     * Notes a line that was read, given without its LF.
     *
     * @return the time it is logged with, which answers to it share unless {@link #renewTime} is called
     */
    public Instant in(byte[] text, int from, int to) {
        Instant now = renewTime();
        line(in, text, from, to);
        return now;
    }

    /** Reads the clock for the lines that follow. */
    public Instant renewTime() {
        return log.stamp(stamp);
    }

    /** Notes a line that is to be written, given without its LF. */
    public void out(byte[] text, int from, int to) {
        line(out, text, from, to);
    }

    /** Notes the answer to an invalid line: {@code ?} and the line. */
    public void outInvalid(byte[] text, int from, int to) {
        line(outInvalid, text, from, to);
    }

    /** Notes an event. */
    void note(String text) {
        renewTime();
        byte[] bytes = TrafficLog.bytes(text);
        line(NOTE, bytes, 0, bytes.length);
    }

    private void line(byte[] head, byte[] text, int from, int to) {
        int length = to - from;
        ensure(Timestamps.LENGTH + head.length + 4 * length + 1);
        System.arraycopy(stamp, 0, buffer, filled, stamp.length);
        filled += stamp.length;
        System.arraycopy(head, 0, buffer, filled, head.length);
        filled += head.length;
        if (isPrintable(text, from, to)) {
            System.arraycopy(text, from, buffer, filled, length);
            filled += length;
        } else {
            escape(text, from, to);
        }
        buffer[filled++] = '\n';
        lines++;
        if (filled >= HAND_OVER_AT) {
            flush();
        }
    }

    private static boolean isPrintable(byte[] text, int from, int to) {
        boolean printable = true;
        for (int i = from; i < to; i++) {
            printable &= (text[i] & 0xFF) >= 0x20 & text[i] != 0x7F;
        }
        return printable;
    }

    private void escape(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            int b = text[i] & 0xFF;
            if (b >= 0x20 && b != 0x7F || b == '\t') {
                buffer[filled++] = (byte) b;
            } else {
                buffer[filled++] = '\\';
                buffer[filled++] = 'x';
                buffer[filled++] = HEX[b >> 4];
                buffer[filled++] = HEX[b & 0xF];
            }
        }
    }

    private void ensure(int more) {
        if (filled + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(filled + more, buffer.length * 2));
        }
    }

    /** Hands the lines over to the log; waits while the log is full and its disk works. */
    public void flush() {
        if (filled == 0) {
            return;
        }
        log.append(buffer, filled, lines);
        if (filled * 4 < buffer.length) {
            buffer = new byte[Math.max(buffer.length / 2, SMALLEST_BUFFER)];
        }
        filled = 0;
        lines = 0;
    }
}
