package dev.proxyherd.places.bundled;

import dev.proxyherd.geo.Grid;

/**
 * All bundled places as columns, ordered by latitude band, then longitude: about 15 MB for a quarter of a million. A place
 * is its row's number. Never changed once it is built, so any thread may read it.
 *
 * @param bandStarts the first row of each band of {@link Grid#BAND_HEIGHT}, south to north, and the number of rows at the end
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

    public int size() {
        return ids.length;
    }
}
