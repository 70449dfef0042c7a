package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How the journal writes a location: the CRC-32C (RFC 3720, appendix B.4) of its AT line in eight hexadecimal digits, a
 * space, and the line with its LF. So a person can read it, and a reader finds the next record after a damaged one.
 */
final class JournalRecord {
    /** What comes before the AT line. */
    static final int HEAD = 9;

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int DIGIT_BITS = 4;

    private JournalRecord() {
    }

    static int length(Location location) {
        return HEAD + location.line().length;
    }

    static void write(Location location, ByteBuffer to, CRC32C crc) {
        byte[] line = location.line();
        crc.reset();
        crc.update(line, 0, line.length - 1);
        int sum = (int) crc.getValue();
        for (int shift = Integer.SIZE - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
            to.put(DIGITS[sum >>> shift & 0xF]);
        }
        to.put((byte) ' ').put(line);
    }

    /** The location in the bytes {@code [from, to)}, which lack their LF; null when they are damaged. */
    static Location parse(byte[] bytes, int from, int to, CRC32C crc, long arrivedNanos) {
        if (to - from <= HEAD || bytes[from + HEAD - 1] != ' ') {
            return null;
        }
        crc.reset();
        crc.update(bytes, from + HEAD, to - from - HEAD);
        int sum = 0;
        for (int i = from; i < from + HEAD - 1; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return null;
            }
            sum = sum << DIGIT_BITS | digit;
        }
        return sum == (int) crc.getValue() ? Location.parse(bytes, from + HEAD, to, arrivedNanos) : null;
    }
}
