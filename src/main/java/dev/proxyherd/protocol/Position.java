package dev.proxyherd.protocol;

import org.jspecify.annotations.Nullable;

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
    public static @Nullable Position parse(String text) {
        byte[] bytes = Ascii.bytes(text);
        return end(bytes, 0, bytes.length) == bytes.length ? of(bytes, 0, bytes.length) : null;
    }

    /**
     * Where the position that starts at {@code from} ends, or {@link Ascii#NONE} if there is none; the ranges are checked
     * on the exact decimals.
     */
    static int end(byte[] line, int from, int to) {
        return coordinateEnd(line, coordinateEnd(line, from, to, MAX_LATITUDE), to, MAX_LONGITUDE);
    }

    private static int coordinateEnd(byte[] line, int from, int to, int max) {
        return from != Ascii.NONE && from < to && Ascii.isSign(line[from]) ? Decimal.end(line, from + 1, to, max)
                : Ascii.NONE;
    }

    /** The position in the bytes {@code [from, to)}, which hold one and nothing else. */
    static Position of(byte[] line, int from, int to) {
        int second = secondSign(line, from, to);
        return new Position(
                Double.parseDouble(Ascii.string(line, from, second)),
                Double.parseDouble(Ascii.string(line, second, to)));
    }

    /** Where the longitude starts. */
    static int secondSign(byte[] line, int from, int to) {
        int i = from + 1;
        while (i < to && !Ascii.isSign(line[i])) {
            i++;
        }
        return i;
    }
}
