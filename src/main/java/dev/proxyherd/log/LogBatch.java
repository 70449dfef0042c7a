package dev.proxyherd.log;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Log lines of one connection, gathered beside its answers so that the shared log is entered once for many of them.
 * One thread only.
 *
 * <p>A line is {@code time direction peer text}. Bytes that could move a terminal's cursor or forge a line
 * ({@link ControlBytes}) are written as {@code \xNN}; all others, a tab apart, are copied as they are.
 */
public final class LogBatch {
    private static final int SMALLEST_BUFFER = 1024;

    /** Larger ones are made anew when they are needed: whoever has once sent much may be idle from now on. */
    private static final int LARGEST_KEPT = 8 * 1024;

    /** In place of a buffer while nothing is held: very many connections are idle most of the time. */
    private static final byte[] NO_BUFFER = {};

    private static final byte[] IN = TrafficLog.bytes(" in  ");
    private static final byte[] OUT = TrafficLog.bytes(" out ");
    private static final byte[] NOTE = TrafficLog.bytes(" -- ");
    private static final byte[] INVALID = TrafficLog.bytes("? ");
    private static final byte[] NOTHING = {};
    private static final int ESCAPED_LENGTH = 4;
    private static final int HAND_OVER_AT = 16 * 1024;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final TrafficLog log;

    /** What a line begins with: the time, a direction, the peer, a space. */
    private final byte[] head;

    private byte[] buffer = NO_BUFFER;
    private int filled;
    private int lines;
    private Instant now;

    LogBatch(TrafficLog log, String peer) {
        this.log = log;
        this.head = TrafficLog.bytes(" ".repeat(Timestamps.LENGTH + IN.length) + peer + ' ');
        renewTime();
    }

    /** Reads the clock for the lines that follow: what was read in one go was read at one time. */
    public void renewTime() {
        now = log.stamp(head);
    }

    /** The time with which lines are logged now. */
    public Instant now() {
        return now;
    }

    /** Notes a line that was read, given without its LF. */
    public void in(byte[] text, int from, int to) {
        line(IN, head.length, NOTHING, text, from, to);
    }

    /** Notes a line that is to be written, given without its LF. */
    public void out(byte[] text, int from, int to) {
        line(OUT, head.length, NOTHING, text, from, to);
    }

    /** Notes the answer to an invalid line: {@code ?} and the line. */
    public void outInvalid(byte[] text, int from, int to) {
        line(OUT, head.length, INVALID, text, from, to);
    }

    /** Notes an event. */
    void note(String text) {
        renewTime();
        byte[] bytes = TrafficLog.bytes(text);
        line(NOTE, Timestamps.LENGTH + NOTE.length, NOTHING, bytes, 0, bytes.length);
    }

    /** @param headLength how much of the head the line begins with */
    private void line(byte[] direction, int headLength, byte[] mark, byte[] text, int from, int to) {
        boolean escaped = ControlBytes.areIn(text, from, to);
        int length = to - from;
        ensure(headLength + mark.length + (escaped ? ESCAPED_LENGTH * length : length) + 1);
        System.arraycopy(direction, 0, head, Timestamps.LENGTH, direction.length);
        append(head, 0, headLength);
        append(mark, 0, mark.length);
        if (escaped) {
            escape(text, from, to);
        } else {
            append(text, from, length);
        }
        buffer[filled++] = '\n';
        lines++;
        if (filled >= HAND_OVER_AT) {
            flush();
        }
    }

    private void append(byte[] bytes, int from, int length) {
        System.arraycopy(bytes, from, buffer, filled, length);
        filled += length;
    }

    private void escape(byte[] text, int from, int to) {
        int escapedTo = from;
        for (int i = from; i < to; i++) {
            byte b = text[i];
            if (b != '\t') {
                escapedTo = Math.max(escapedTo, i + ControlBytes.lengthAt(text, i, to));
            }
            if (i >= escapedTo) {
                buffer[filled++] = b;
            } else {
                buffer[filled++] = '\\';
                buffer[filled++] = 'x';
                buffer[filled++] = (byte) HEX.toHighHexDigit(b);
                buffer[filled++] = (byte) HEX.toLowHexDigit(b);
            }
        }
    }

    private void ensure(int more) {
        if (filled + more > buffer.length) {
            int size = Math.max(filled + more, buffer.length * 2);
            buffer = Arrays.copyOf(buffer, Math.max(size, SMALLEST_BUFFER));
        }
    }

    /** Hands the lines over to the log; waits while the log is full and its disk works. */
    public void flush() {
        if (filled == 0) {
            return;
        }
        log.append(buffer, filled, lines);
        if (filled * 4 <= buffer.length || buffer.length == SMALLEST_BUFFER || buffer.length > LARGEST_KEPT) {
            buffer = NO_BUFFER;
        }
        filled = 0;
        lines = 0;
    }
}
