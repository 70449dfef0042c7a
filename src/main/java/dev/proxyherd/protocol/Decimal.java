package dev.proxyherd.protocol;

/**
 * Numbers as the protocol writes them: {@code digits} or {@code digits.digits}, without sign or exponent. Ranges are
 * checked on the digits themselves, so no rounding can let a value in. Ranges of bytes are {@code [from, to)}.
 */
final class Decimal {
    /** Larger than any limit in the protocol; integer parts are counted up to here and no further. */
    private static final long HUGE = 1_000_000_000_000L;

    private static final int NANO_DIGITS = 9;

    private Decimal() {
    }

    /**
     * Where the number that starts at {@code from} ends, or {@link Ascii#NONE}: when there is none, or it is more than
     * {@code max}, which is below {@link #HUGE}.
     */
    static int end(byte[] line, int from, int to, long max) {
        if (from == Ascii.NONE) {
            return Ascii.NONE;
        }
        long whole = 0;
        int end = from;
        while (end < to && Ascii.isDigit(line[end])) {
            whole = Math.min(HUGE, whole * 10 + (line[end++] - '0'));
        }
        int point = end;
        int fraction = 0;
        if (point < to && line[point] == '.') {
            end++;
            while (end < to && Ascii.isDigit(line[end])) {
                fraction |= line[end++] - '0';
            }
        }
        if (point == from || end == point + 1) {
            return Ascii.NONE;
        }
        return whole < max || (whole == max && fraction == 0) ? end : Ascii.NONE;
    }

    /** Whether the whole range is one number that is at most {@code max}, which is below {@link #HUGE}. */
    static boolean isNumber(byte[] line, int from, int to, long max) {
        return end(line, from, to, max) == to;
    }

    /** The digits in the range as an integer; {@link #HUGE} or a little more when it is larger than that. */
    static long integer(byte[] line, int from, int to) {
        long value = 0;
        for (int i = from; i < to && value < HUGE; i++) {
            value = value * 10 + (line[i] - '0');
        }
        return value;
    }

    /** The number in the range times 10<sup>9</sup>; digits past the ninth are cut off. It must fit 64 bits. */
    static long nanos(byte[] line, int from, int to) {
        long value = 0;
        int i = from;
        while (i < to && line[i] != '.') {
            value = value * 10 + (line[i++] - '0');
        }
        int fractionEnd = i + 1 + NANO_DIGITS;
        for (i++; i < fractionEnd; i++) {
            value = value * 10 + (i < to ? line[i] - '0' : 0);
        }
        return value;
    }
}
