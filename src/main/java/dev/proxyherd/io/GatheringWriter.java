package dev.proxyherd.io;

import java.io.IOException;
import java.util.Arrays;

/**
 * Gathers what is to be written to a socket and writes it in one go, at {@link #flush} or when
 * {@value #FLUSH_AT} bytes have come together. One thread only.
 */
public final class GatheringWriter {
    /** Never more than this is held, in bytes: with what the JDK adds under TLS, a record of it holds so much. */
    static final int FLUSH_AT = 16 * 1024 - 64;

    /** What is larger leaves in several writes, in bytes: the JDK cuts what it gives to the system to this. */
    static final int LARGEST_WRITE = 128 * 1024;

    private static final int SMALLEST_BUFFER = 256;

    /** Larger ones are made anew when they are needed: whoever has once asked for much may be idle from now on. */
    private static final int LARGEST_KEPT = 4 * 1024;

    /** In place of a buffer while nothing is held: very many connections are idle most of the time. */
    private static final byte[] NO_BUFFER = {};

    private final WatchedSocket socket;
    private byte[] buffer = NO_BUFFER;
    private int filled;

    public GatheringWriter(WatchedSocket socket) {
        this.socket = socket;
    }

    /** How many bytes can be added until the buffer writes itself. */
    public int room() {
        return FLUSH_AT - filled;
    }

    /** Adds all of {@code bytes}. */
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    /** Adds some of {@code bytes}; blocks only when that fills the buffer. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int rest = length;
        while (rest > 0) {
            int part = Math.min(rest, FLUSH_AT - filled);
            ensure(filled + part);
            System.arraycopy(bytes, from, buffer, filled, part);
            filled += part;
            from += part;
            rest -= part;
            if (filled == FLUSH_AT) {
                flush();
            }
        }
    }

    /**
     * Writes what has been gathered, then all of these in one write by themselves, or as few as {@link #LARGEST_WRITE}
     * allows. What that takes is not kept.
     */
    public void writeAtOnce(byte[]... parts) throws IOException {
        flush();
        long rest = 0;
        for (byte[] part : parts) {
            rest += part.length;
        }
        byte[] whole = new byte[(int) Math.min(rest, LARGEST_WRITE)];
        int held = 0;
        for (byte[] part : parts) {
            for (int from = 0; from < part.length;) {
                int count = Math.min(part.length - from, whole.length - held);
                System.arraycopy(part, from, whole, held, count);
                from += count;
                held += count;
                if (held == whole.length) {
                    socket.write(whole, 0, held);
                    held = 0;
                }
            }
        }
        if (held > 0) {
            socket.write(whole, 0, held);
        }
    }

    private void ensure(int size) {
        if (size > buffer.length) {
            buffer = Arrays.copyOf(buffer,
                    Math.min(FLUSH_AT, Math.max(Math.max(size, SMALLEST_BUFFER), buffer.length * 2)));
        }
    }

    /** Writes what has been gathered, waiting for the peer to make room if need be. */
    public void flush() throws IOException {
        if (filled == 0) {
            return;
        }
        int length = filled;
        filled = 0;
        socket.write(buffer, 0, length);
        if (length * 4 <= buffer.length || buffer.length == SMALLEST_BUFFER || buffer.length > LARGEST_KEPT) {
            buffer = NO_BUFFER;
        }
    }
}
