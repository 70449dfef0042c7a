package dev.proxyherd.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes below 0x20 and 0x7F, and in UTF-8 what else terminals and readers of lines take for such: the control
 * characters U+0080 to U+009F, and the line ends U+2028 and U+2029. Nearly all lines have none, and are ASCII, so eight bytes
 * are looked at in one go.
 */
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
        long all = 0;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long word = (long) WORDS.get(bytes, i);
            if (areIn(word)) {
                return true;
            }
            all |= word;
        }
        for (; i < to; i++) {
            if (isOne(bytes[i])) {
                return true;
            }
            all |= bytes[i];
        }
        return (all & HIGH_BITS) != 0 && areBeyondAscii(bytes, from, to);
    }

    private static boolean areBeyondAscii(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (lengthAt(bytes, i, to) > 0) {
                return true;
            }
        }
        return false;
    }

    /** How many bytes the control character has that begins here; 0 if none does. */
    static int lengthAt(byte[] bytes, int at, int to) {
        byte b = bytes[at];
        if (b >= 0) {
            return isOne(b) ? 1 : 0;
        }
        if (b == (byte) 0xC2 && at + 1 < to && (bytes[at + 1] & 0xE0) == 0x80) {
            return 2;
        }
        boolean endsLine =
                b == (byte) 0xE2 && at + 2 < to && bytes[at + 1] == (byte) 0x80 && (bytes[at + 2] & 0xFE) == 0xA8;
        return endsLine ? 3 : 0;
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

    private static boolean isOne(byte b) {
        return (b >= 0 && b < 0x20) || b == 0x7F;
    }
}
