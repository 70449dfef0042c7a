package dev.proxyherd.geo;

import java.nio.charset.StandardCharsets;

/**
 * Plus codes of ten digits, "849VCWC8+R9", an area of 1/8000 of a degree, by the integer method of the
 * <a href="https://github.com/google/open-location-code/blob/main/Documentation/Specification/specification.md">Open
 * Location Code specification</a>: five pairs of base-20 digits, latitude before longitude, counted from the South Pole
 * and the date line, a plus sign before the last pair.
 */
public final class PlusCode {
    public static final int LENGTH = 11;

    /** How many characters a code begins with that a person leaves out when a town near by is named instead. */
    public static final int AREA_LENGTH = 4;

    private static final byte[] DIGITS = "23456789CFGHJMPQRVWX".getBytes(StandardCharsets.US_ASCII);
    private static final int PAIRS = 5;
    private static final int STEPS_PER_DEGREE = 8_000;

    private PlusCode() {
    }

    /**
     * Writes {@link #LENGTH} bytes of ASCII.
     *
     * @param latitude hundred-thousandths of a degree, within ±90°; the pole counts to the area south of it
     * @param longitude likewise, within ±180°, which are the same
     */
    public static void write(byte[] target, int at, int latitude, int longitude) {
        int latitudeSteps = Math.min(steps(latitude + Grid.NORTH_POLE), 180 * STEPS_PER_DEGREE - 1);
        int longitudeSteps = steps(longitude + Grid.DATE_LINE) % (360 * STEPS_PER_DEGREE);
        for (int pair = PAIRS - 1; pair >= 0; pair--) {
            int position = at + 2 * pair + (pair == PAIRS - 1 ? 1 : 0);
            target[position] = DIGITS[latitudeSteps % 20];
            target[position + 1] = DIGITS[longitudeSteps % 20];
            latitudeSteps /= 20;
            longitudeSteps /= 20;
        }
        target[at + 2 * (PAIRS - 1)] = '+';
    }

    private static int steps(int units) {
        return (int) ((long) units * STEPS_PER_DEGREE / Grid.PER_DEGREE);
    }
}
