package dev.proxyherd.places.bundled;

import dev.proxyherd.geo.Geo;
import dev.proxyherd.geo.Grid;

/**
 * The box of a map that shows a place, in hundred-thousandths of a degree. Across the date line the west is the greater
 * number, as in Google's own viewports.
 */
record PlaceViewport(int south, int west, int north, int east) {
    private static final double UNITS_PER_HUNDRED_METRES =
            100 * Grid.PER_DEGREE / Geo.METRES_PER_DEGREE;

    /** The square around a place, cut off at the poles. */
    static PlaceViewport around(PlaceTable table, int place) {
        int latitude = table.latitudes()[place];
        int longitude = table.longitudes()[place];
        double height = (table.reaches()[place] & 0xFF) * UNITS_PER_HUNDRED_METRES;
        double width = height / Math.cos(Math.toRadians(Grid.degrees(latitude)));
        int south = Math.max(-Grid.NORTH_POLE, (int) Math.rint(latitude - height));
        int north = Math.min(Grid.NORTH_POLE, (int) Math.rint(latitude + height));
        if (!(width < Grid.DATE_LINE)) {
            return new PlaceViewport(south, -Grid.DATE_LINE, north, Grid.DATE_LINE);
        }
        int halfWidth = (int) Math.rint(width);
        return new PlaceViewport(south, wrap(longitude - halfWidth), north, wrap(longitude + halfWidth));
    }

    private static int wrap(int longitude) {
        if (longitude < -Grid.DATE_LINE) {
            return longitude + 2 * Grid.DATE_LINE;
        }
        return longitude > Grid.DATE_LINE ? longitude - 2 * Grid.DATE_LINE : longitude;
    }
}
