package dev.proxyherd.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line feeds, eight bytes at a time. */
final class LineFeeds {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LFS = '\n' * LOW_BITS;

    private LineFeeds() {
    }

    /** Where the first one in {@code [from, to)} is, or -1. */
    static int indexOf(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long found = zeros((long) WORDS.get(bytes, i) ^ LFS);
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /**
     * The highest bits of the bytes that are zero: such a byte borrows when one is taken away. Above a true one a borrow
     * may mark a byte wrongly, never below it, and only the lowest is looked at (after Alan Mycroft, 1987).
     */
    private static long zeros(long word) {
        return word - LOW_BITS & ~word & HIGH_BITS;
    }
}
