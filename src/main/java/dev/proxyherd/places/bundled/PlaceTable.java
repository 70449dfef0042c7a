package dev.proxyherd.places.bundled;

/**
 * All bundled places as columns, ordered by latitude band, then longitude: about 15 MB for a quarter of a million. A place
 * is its row's number. Never changed once it is built, so any thread may read it.
 *
 * @param bandStarts the first row of each band of {@link #BAND_HEIGHT}, south to north, and the number of rows at the end
 * @param latitudes hundred-thousandths of a degree, as in the source
 * @param longitudes likewise
 * @param ids the source's own number, 0 where it gives none
 * @param kinds ordinals of {@link PlaceKind}
 * @param reaches half the side of the viewport in hundreds of metres, unsigned
 * @param areas for each place, which of {@code areaNames} it lies in
 * @param names for each place its name
 * @param areaNames "California, United States"; for an airport with its town before that
 */
public record PlaceTable(int[] bandStarts, int[] latitudes, int[] longitudes, int[] ids, byte[] kinds, byte[] reaches,
        char[] areas, PlaceTexts names, PlaceTexts areaNames) {

    /** Hundred-thousandths of a degree: the table's unit of latitude and longitude, about a metre. */
    public static final int PER_DEGREE = 100_000;
    public static final int NORTH_POLE = 90 * PER_DEGREE;
    public static final int DATE_LINE = 180 * PER_DEGREE;

    /** A twentieth of a degree, 5.6 km: a circle of 10 km meets four or five of these, one of 50 km about 19. */
    static final int BAND_HEIGHT = PER_DEGREE / 20;
    public static final int BANDS = 2 * NORTH_POLE / BAND_HEIGHT;

    public int size() {
        return ids.length;
    }

    /** Degrees in the table's unit, rounded; beyond the poles or the date line, too. */
    public static int units(double degrees) {
        return (int) Math.rint(degrees * PER_DEGREE);
    }

    /** The band of a latitude, which may lie beyond a pole; the poles themselves belong to the outermost bands. */
    public static int band(int latitude) {
        return Math.clamp((latitude + NORTH_POLE) / BAND_HEIGHT, 0, BANDS - 1);
    }
}
