package dev.proxyherd.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds bytes below 0x20 and 0x7F. Nearly all lines have none, so eight bytes are looked at in one go. */
final class ControlBytes {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long SPACES = 0x20 * LOW_BITS;
    private static final long DELETES = 0x7F * LOW_BITS;

    private ControlBytes() {
    }

    /** Whether there is one in {@code [from, to)}. */
    static boolean areIn(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            if (areIn((long) WORDS.get(bytes, i))) {
                return true;
            }
        }
        for (; i < to; i++) {
            if (isOne(bytes[i])) {
                return true;
            }
        }
        return false;
    }

    /**
     * A byte less than 0x20 borrows into its highest bit when 0x20 is taken away, and had none there before; a byte of
     * 0x7F becomes zero under exclusive or, and then borrows in the same way. A borrow can only make a byte above a true
     * one look like one, so the answer for the word is right (after Alan Mycroft, 1987).
     */
    private static boolean areIn(long word) {
        long below = word - SPACES & ~word;
        long deletes = word ^ DELETES;
        long zeros = deletes - LOW_BITS & ~deletes;
        return ((below | zeros) & HIGH_BITS) != 0;
    }

    static boolean isOne(byte b) {
        return (b >= 0 && b < 0x20) || b == 0x7F;
    }
}
