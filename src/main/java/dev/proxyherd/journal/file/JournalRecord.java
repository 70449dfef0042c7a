package dev.proxyherd.journal.file;

import dev.proxyherd.protocol.Location;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How the journal writes a location: the CRC-32C (RFC 3720, appendix B.4) of its AT line in eight hexadecimal digits, a
 * space, and the line with its LF. So a person can read it, and a reader finds the next record after a damaged one.
 */
final class JournalRecord {
    /** What comes before the AT line. */
    static final int HEAD = 9;

    /** Every record's line begins with a word of at least so many capital letters. */
    private static final int WORD = 2;

    /** No record is longer: the longest line of a link, and what comes before it. */
    private static final int MAX_LENGTH = HEAD + 66_560;

    private static final HexFormat HEX = HexFormat.of();
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
            to.put((byte) HEX.toLowHexDigit(sum >>> shift));
        }
        to.put((byte) ' ').put(line);
    }

    /** The location in the bytes {@code [from, to)}, which lack their LF; null when they are damaged. */
    static @Nullable Location parse(byte[] bytes, int from, int to, CRC32C crc, long arrivedNanos) {
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

    /** Whether a record may begin with the bytes {@code [from, to)}, of which there may be none. */
    static boolean isBeginning(byte[] bytes, int from, int to) {
        if (to - from > MAX_LENGTH) {
            return false;
        }
        for (int i = from; i < to; i++) {
            int at = i - from;
            boolean fits = at < HEAD - 1 ? Character.digit(bytes[i], 16) >= 0
                    : at == HEAD - 1 ? bytes[i] == ' '
                            : at < HEAD + WORD ? bytes[i] >= 'A' && bytes[i] <= 'Z'
                                    : bytes[i] != '\n' && bytes[i] != 0;
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is nothing but zeros and line ends, as a file system leaves where a write was lost. */
    static boolean isBlank(byte[] bytes, int from, int to) {
        int any = 0;
        for (int i = from; i < to; i++) {
            any |= bytes[i];
        }
        if (any == 0) {
            // The usual case of a hole, which may be large: a loop without a way out is many times faster.
            return true;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0 && bytes[i] != '\n') {
                return false;
            }
        }
        return true;
    }
}
