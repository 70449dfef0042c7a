package dev.proxyherd.protocol;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Lists of 64-bit words, each written as a space and 16 hexadecimal digits. */
final class HexWords {
    private static final HexFormat HEX = HexFormat.of();
    private static final int LENGTH = 1 + Long.BYTES * 2;

    private HexWords() {
    }

    /** The words in the bytes {@code [from, to)}; null if that is anything else. */
    static long @Nullable [] parse(byte[] line, int from, int to) {
        if ((to - from) % LENGTH != 0) {
            return null;
        }
        long[] words = new long[(to - from) / LENGTH];
        for (int i = 0; i < words.length; i++) {
            int at = from + i * LENGTH;
            if (line[at] != ' ') {
                return null;
            }
            for (int j = 1; j < LENGTH; j++) {
                int digit = Character.digit(line[at + j], 16);
                if (digit < 0) {
                    return null;
                }
                words[i] = (words[i] << 4) | digit;
            }
        }
        return words;
    }

    /** A line with its LF: the head, and the words. */
    static byte[] line(String head, long... words) {
        byte[] start = Ascii.bytes(head);
        byte[] line = Arrays.copyOf(start, start.length + words.length * LENGTH + 1);
        int at = start.length;
        for (long word : words) {
            line[at++] = ' ';
            for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
                line[at++] = (byte) HEX.toLowHexDigit((int) (word >>> shift));
            }
        }
        line[at] = '\n';
        return line;
    }
}
