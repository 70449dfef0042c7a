package dev.proxyherd.geo;

import dev.proxyherd.places.bundled.PlaceTable;
import java.util.function.IntToDoubleFunction;

/**
 * Finds the places nearest to a point, each by the number of its row. Bands cut the circle's latitudes, a binary search in
 * each band its longitudes; what is left is compared by the chord through a sphere with the Earth's mean radius: chord and
 * great circle order alike, the chord needs no trigonometry, and it knows neither poles nor a date line. Unit vectors as in
 * <a href="https://en.wikipedia.org/wiki/N-vector">n-vector</a>; the chord of an angle a is 2 sin(a/2). Never changed
 * once it is built, so any thread may search.
 */
public final class GeoIndex {
    /** Covers rounding, so that radius 0 finds what is at the point, even at a pole or at ±180°. */
    private static final double SLACK_METRES = 0.001;

    private final int[] bandStarts;
    private final int[] longitudes;
    private final double[] vectors;

    public GeoIndex(PlaceTable table) {
        this(table.bandStarts(), table.longitudes(),
                place -> (double) table.latitudes()[place] / PlaceTable.PER_DEGREE,
                place -> (double) table.longitudes()[place] / PlaceTable.PER_DEGREE);
    }

    /**
     * Any rows in the order of a {@link PlaceTable}.
     *
     * @param bandStarts as in a {@link PlaceTable}, as are {@code longitudes}; both stay as they are from now on
     * @param latitudeOf the exact latitude of a row in degrees; asked only here, as is {@code longitudeOf}
     */
    public GeoIndex(int[] bandStarts, int[] longitudes, IntToDoubleFunction latitudeOf,
            IntToDoubleFunction longitudeOf) {
        this.bandStarts = bandStarts;
        this.longitudes = longitudes;
        vectors = new double[3 * longitudes.length];
        for (int place = 0; place < longitudes.length; place++) {
            double latitude = Math.toRadians(latitudeOf.applyAsDouble(place));
            double longitude = Math.toRadians(longitudeOf.applyAsDouble(place));
            vectors[3 * place] = Math.cos(latitude) * Math.cos(longitude);
            vectors[3 * place + 1] = Math.cos(latitude) * Math.sin(longitude);
            vectors[3 * place + 2] = Math.sin(latitude);
        }
    }

    /**
     * The nearest places within a radius, nearest first; of places at one distance, the one with the lower row first.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     * @param radiusMetres along the great circle, 0 or more
     * @param bound how many at most, 1 or more
     */
    public int[] nearest(double latitude, double longitude, double radiusMetres, int bound) {
        double angle = Math.min(Math.PI, (radiusMetres + SLACK_METRES) / Geo.EARTH_RADIUS_METRES);
        double chord = 2 * Math.sin(angle / 2);
        NearestPlaces nearest = new NearestPlaces(bound, chord * chord);
        Search search = new Search(Math.toRadians(latitude), Math.toRadians(longitude), nearest);
        double north = latitude + Math.toDegrees(angle);
        double south = latitude - Math.toDegrees(angle);
        boolean allLongitudes = north >= 90 || south <= -90;
        double halfWidth = allLongitudes ? 180
                : Math.toDegrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(Math.toRadians(latitude)))));
        int west = PlaceTable.units(longitude - halfWidth) - 1;
        int east = PlaceTable.units(longitude + halfWidth) + 1;
        int lastBand = PlaceTable.band(PlaceTable.units(north) + 1);
        for (int band = PlaceTable.band(PlaceTable.units(south) - 1); band <= lastBand; band++) {
            search.band(band, west, east);
        }
        return nearest.toArray();
    }

    /** One point's search. */
    private final class Search {
        private final double x;
        private final double y;
        private final double z;
        private final NearestPlaces nearest;

        private Search(double latitudeRadians, double longitudeRadians, NearestPlaces nearest) {
            x = Math.cos(latitudeRadians) * Math.cos(longitudeRadians);
            y = Math.cos(latitudeRadians) * Math.sin(longitudeRadians);
            z = Math.sin(latitudeRadians);
            this.nearest = nearest;
        }

        /** Offers a band's places between two longitudes, which may lie beyond ±180°; always in the order of the rows. */
        private void band(int band, int west, int east) {
            int from = bandStarts[band];
            int to = bandStarts[band + 1];
            int turn = 2 * PlaceTable.DATE_LINE;
            if (east - west >= turn) {
                offer(from, to);
            } else if (west < -PlaceTable.DATE_LINE) {
                offer(from, firstEastOf(east, from, to));
                offer(firstEastOf(west + turn - 1, from, to), to);
            } else if (east > PlaceTable.DATE_LINE) {
                offer(from, firstEastOf(east - turn, from, to));
                offer(firstEastOf(west - 1, from, to), to);
            } else {
                offer(firstEastOf(west - 1, from, to), firstEastOf(east, from, to));
            }
        }

        private void offer(int from, int to) {
            for (int place = from; place < to; place++) {
                double dx = vectors[3 * place] - x;
                double dy = vectors[3 * place + 1] - y;
                double dz = vectors[3 * place + 2] - z;
                nearest.offer(place, dx * dx + dy * dy + dz * dz);
            }
        }

        private int firstEastOf(int longitude, int from, int to) {
            int low = from;
            int high = to;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (longitudes[middle] <= longitude) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
