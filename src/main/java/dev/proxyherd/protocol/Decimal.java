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

    /** Whether the whole range is one number that is at most {@code max}, which is below {@link #HUGE}. */
    static boolean isNumber(byte[] line, int from, int to, long max) {
        int point = Ascii.digitsEnd(line, from, to);
        if (point == from) {
            return false;
        }
        long whole = integer(line, from, point);
        if (point == to) {
            return whole <= max;
        }
        if (line[point] != '.' || point + 1 == to) {
            return false;
        }
        int fractionDigits = 0;
        for (int i = point + 1; i < to; i++) {
            if (!Ascii.isDigit(line[i])) {
                return false;
            }
            fractionDigits |= line[i] - '0';
        }
        return whole < max || whole == max && fractionDigits == 0;
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
        int point = Ascii.digitsEnd(line, from, to);
        long value = integer(line, from, point);
        for (int i = 1; i <= NANO_DIGITS; i++) {
            value = value * 10 + (point + i < to ? line[point + i] - '0' : 0);
        }
        return value;
    }
}
