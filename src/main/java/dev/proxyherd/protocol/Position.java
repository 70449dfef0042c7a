package dev.proxyherd.protocol;

/**
 * A point on Earth, from {@code ±latitude±longitude} in decimal degrees (ISO 6709 without the trailing solidus).
 *
 * @param latitude degrees, -90 to 90
 * @param longitude degrees, -180 to 180
 */
public record Position(double latitude, double longitude) {
    private static final int MAX_LATITUDE = 90;
    private static final int MAX_LONGITUDE = 180;

    /** The position in {@code text}, or null if it is not one. */
    public static Position parse(String text) {
        byte[] bytes = Ascii.bytes(text);
        return isPosition(bytes, 0, bytes.length) ? of(bytes, 0, bytes.length) : null;
    }

    /** Whether the bytes {@code [from, to)} are a position; the ranges are checked on the exact decimals. */
    static boolean isPosition(byte[] line, int from, int to) {
        if (from == to || !Ascii.isSign(line[from])) {
            return false;
        }
        int second = secondSign(line, from, to);
        return second < to
                && isWithin(line, from + 1, second, MAX_LATITUDE)
                && isWithin(line, second + 1, to, MAX_LONGITUDE);
    }

    /** The position in the bytes {@code [from, to)}, for which {@link #isPosition} holds. */
    static Position of(byte[] line, int from, int to) {
        int second = secondSign(line, from, to);
        return new Position(
                Double.parseDouble(Ascii.string(line, from, second)),
                Double.parseDouble(Ascii.string(line, second, to)));
    }

    private static int secondSign(byte[] line, int from, int to) {
        int i = from + 1;
        while (i < to && !Ascii.isSign(line[i])) {
            i++;
        }
        return i;
    }

    private static boolean isWithin(byte[] line, int from, int to, int max) {
        return Decimal.isNumber(line, from, to, max);
    }
}
