package dev.proxyherd.geo;

/**
 * Latitudes and longitudes as whole numbers, in hundred-thousandths of a degree, about a metre; and the bands of latitude
 * that tables of fixed points are ordered by, south to north.
 */
public final class Grid {
    public static final int PER_DEGREE = 100_000;
    public static final int NORTH_POLE = 90 * PER_DEGREE;
    public static final int DATE_LINE = 180 * PER_DEGREE;

    /** A twentieth of a degree, 5.6 km: a circle of 10 km meets four or five of these, one of 50 km about 19. */
    public static final int BAND_HEIGHT = PER_DEGREE / 20;
    public static final int BANDS = 2 * NORTH_POLE / BAND_HEIGHT;

    private Grid() {
    }

    /** Degrees in this unit, rounded; beyond the poles or the date line, too. */
    public static int units(double degrees) {
        return (int) Math.rint(degrees * PER_DEGREE);
    }

    public static double degrees(int units) {
        return (double) units / PER_DEGREE;
    }

    /** The band of a latitude, which may lie beyond a pole; the poles themselves belong to the outermost bands. */
    public static int band(int latitude) {
        return Math.clamp((latitude + NORTH_POLE) / BAND_HEIGHT, 0, BANDS - 1);
    }
}
