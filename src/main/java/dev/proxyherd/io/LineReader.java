package dev.proxyherd.io;

import java.io.IOException;
import java.util.Arrays;

/**
 * Reads lines from a socket into one buffer, where they can be parsed as they lie.
 *
 * <p>The buffer starts small, grows with what arrives up to the line limit, and shrinks again while little arrives, so
 * that very many idle connections are affordable. One thread only.
 */
public final class LineReader {
    private static final int SMALLEST_BUFFER = 512;

    /** What may be kept for a peer that sends nothing at the moment. */
    private static final int LARGEST_IDLE = 4 * 1024;

    private final WatchedSocket socket;
    private int lineLimit;
    private byte[] buffer = new byte[SMALLEST_BUFFER];
    private int filled;
    private int next;

    /** Where the next line ends, if {@link #hasLine} has found that, else -1. */
    private int nextLf = -1;

    private int start;
    private int end;

    /** What {@link #next} found. */
    public enum Kind {
        /** A line that ended with LF. */
        LINE,
        /** Bytes after the last LF, ended by the end of the stream. */
        UNTERMINATED,
        /** A line longer than the limit, or as much of it as has been read. */
        TOO_LONG,
        /** The end of the stream, with nothing left. */
        END
    }

    /** @param lineLimit the most bytes a line may have, its LF apart */
    public LineReader(WatchedSocket socket, int lineLimit) {
        this.socket = socket;
        this.lineLimit = lineLimit;
    }

    /** Changes the most bytes that a line may have. */
    public void limitLines(int limit) {
        this.lineLimit = limit;
    }

    /**
     * Waits until it is known whether the peer's very first bytes are these; they stay unread. To be called before
     * {@link #next}.
     */
    public boolean beginsWith(int first, int second) throws IOException {
        while (filled < 2 && (filled == 0 || buffer[0] == (byte) first)) {
            if (!fill()) {
                return false;
            }
        }
        return buffer[0] == (byte) first && buffer[1] == (byte) second;
    }

    /** Hands over what has been read before the first line was: another layer reads it. */
    public byte[] takeUnread() {
        byte[] unread = Arrays.copyOf(buffer, filled);
        filled = 0;
        return unread;
    }

    /** Waits for the next line, which then lies in {@link #buffer} from {@link #start} to {@link #end}. */
    public Kind next() throws IOException {
        start = next;
        int scanned = start;
        while (true) {
            int lf = nextLf >= 0 ? nextLf : LineFeeds.indexOf(buffer, scanned, filled);
            nextLf = -1;
            if (lf >= 0) {
                end = lf;
                next = lf + 1;
                return end - start > lineLimit ? Kind.TOO_LONG : Kind.LINE;
            }
            if (filled - start > lineLimit) {
                end = filled;
                next = filled;
                return Kind.TOO_LONG;
            }
            scanned = filled - start;
            if (!fill()) {
                end = filled;
                next = filled;
                return end > start ? Kind.UNTERMINATED : Kind.END;
            }
            scanned += start;
        }
    }

    /** Whether a complete line is already here, so that {@link #next} will not wait. */
    public boolean hasLine() {
        nextLf = LineFeeds.indexOf(buffer, next, filled);
        return nextLf >= 0;
    }

    private boolean fill() throws IOException {
        makeRoom();
        if (filled == 0 && buffer.length > LARGEST_IDLE && !socket.hasArrived()) {
            buffer = new byte[SMALLEST_BUFFER];
        }
        int room = buffer.length - filled;
        int count = socket.read(buffer, filled, room);
        if (count < 0) {
            return false;
        }
        filled += count;
        return true;
    }

    /** Moves what is left of a line to the front, in a buffer that fits what arrived last. */
    private void makeRoom() {
        int rest = filled - start;
        int size = buffer.length;
        if (rest * 2 > size || filled == size) {
            size = Math.min(size * 2, Math.max(SMALLEST_BUFFER, lineLimit + 1));
        } else if (filled * 4 < size && rest == 0) {
            size = Math.max(size / 2, SMALLEST_BUFFER);
        }
        if (size != buffer.length) {
            buffer = Arrays.copyOfRange(buffer, start, start + size);
        } else if (rest > 0) {
            System.arraycopy(buffer, start, buffer, 0, rest);
        }
        start = 0;
        filled = rest;
    }

    /** Where the line lies; valid until the next call of {@link #next}. */
    public byte[] buffer() {
        return buffer;
    }

    /** The line's first byte. */
    public int start() {
        return start;
    }

    /** Whether the line ends with a carriage return, as lines of CRLF clients do. */
    public boolean hasCarriageReturn() {
        return end > start && buffer[end - 1] == '\r';
    }

    /** One past the line's last byte; the LF is not part of it. */
    public int end() {
        return end;
    }
}
