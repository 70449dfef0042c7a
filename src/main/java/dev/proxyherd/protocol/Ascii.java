package dev.proxyherd.protocol;

import java.nio.charset.StandardCharsets;

/** The six white space bytes, digits, and walking from field to field. Ranges are {@code [from, to)}. */
final class Ascii {
    /** In place of where something ends that is not there; nothing starts there either. */
    static final int NONE = -1;

    private Ascii() {
    }

    static boolean isSpace(byte b) {
        return b <= ' ' && (b == ' ' || (b >= '\t' && b <= '\r'));
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isSign(byte b) {
        return b == '+' || b == '-';
    }

    /** Where the next field starts: the first byte from {@code from} that is no white space, or {@code to}. */
    static int fieldStart(byte[] line, int from, int to) {
        int i = from;
        while (i < to && isSpace(line[i])) {
            i++;
        }
        return i;
    }

    /** Where the field that starts at {@code from} ends. */
    static int fieldEnd(byte[] line, int from, int to) {
        int i = from;
        while (i < to && !isSpace(line[i])) {
            i++;
        }
        return i;
    }

    /** Where the field after the one that ends at {@code end} starts, or {@link #NONE} if no white space is between. */
    static int nextField(byte[] line, int end, int to) {
        return end != NONE && end < to && isSpace(line[end]) ? fieldStart(line, end + 1, to) : NONE;
    }

    /** Where a run of digits that starts at {@code from} ends. */
    static int digitsEnd(byte[] line, int from, int to) {
        int i = from;
        while (i < to && isDigit(line[i])) {
            i++;
        }
        return i;
    }

    static boolean matches(byte[] line, int from, int to, byte[] word) {
        if (to - from != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (line[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** The bytes as a string with a character for each byte, so that any client ID survives the round trip. */
    static String string(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
