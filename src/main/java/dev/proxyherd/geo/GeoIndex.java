package dev.proxyherd.geo;

import java.util.function.IntToDoubleFunction;

/**
 * Finds the fixed points nearest to a point, each by the number of its row. Bands cut the circle's latitudes, a binary search
 * in each band its longitudes; what is left is compared by chords. Never changed once it is built, so any thread may search.
 *
 * <p>Rows are ordered by band of latitude, south to north, and within each by longitude, in the units of {@link Grid}.
 */
public final class GeoIndex {
    private final int[] bandStarts;
    private final int[] longitudes;
    private final double[] vectors;

    /** As below, of points that are exactly where their rows say. */
    public GeoIndex(int[] bandStarts, int[] latitudes, int[] longitudes) {
        this(bandStarts, longitudes, row -> Grid.degrees(latitudes[row]), row -> Grid.degrees(longitudes[row]));
    }

    /**
     * Takes the rows over; both arrays stay as they are from now on.
     *
     * @param bandStarts the first row of each of {@link Grid#BANDS} bands, and the number of rows at the end
     * @param longitudes for each row
     * @param latitudeOf the exact latitude of a row in degrees; asked only here, as is {@code longitudeOf}
     */
    public GeoIndex(int[] bandStarts, int[] longitudes, IntToDoubleFunction latitudeOf,
            IntToDoubleFunction longitudeOf) {
        this.bandStarts = bandStarts;
        this.longitudes = longitudes;
        vectors = new double[3 * longitudes.length];
        for (int row = 0; row < longitudes.length; row++) {
            double latitude = latitudeOf.applyAsDouble(row);
            double longitude = longitudeOf.applyAsDouble(row);
            vectors[3 * row] = Sphere.x(latitude, longitude);
            vectors[3 * row + 1] = Sphere.y(latitude, longitude);
            vectors[3 * row + 2] = Sphere.z(latitude);
        }
    }

    /**
     * The rows of the nearest points within a radius, nearest first; of points at one distance, the one with the lower row first.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     * @param radiusMetres along the great circle, 0 or more
     * @param bound how many at most, 1 or more
     */
    public int[] nearest(double latitude, double longitude, double radiusMetres, int bound) {
        double angle = Sphere.angleWithin(radiusMetres);
        NearestRows nearest = new NearestRows(bound, Sphere.squaredChord(angle));
        Search search = new Search(latitude, longitude, nearest);
        double north = latitude + Math.toDegrees(angle);
        double south = latitude - Math.toDegrees(angle);
        boolean allLongitudes = north >= 90 || south <= -90;
        double halfWidth = allLongitudes ? 180
                : Math.toDegrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(Math.toRadians(latitude)))));
        int west = Grid.units(longitude - halfWidth) - 1;
        int east = Grid.units(longitude + halfWidth) + 1;
        int lastBand = Grid.band(Grid.units(north) + 1);
        for (int band = Grid.band(Grid.units(south) - 1); band <= lastBand; band++) {
            search.band(band, west, east);
        }
        return nearest.toArray();
    }

    /** One point's search. */
    private final class Search {
        private final double x;
        private final double y;
        private final double z;
        private final NearestRows nearest;

        private Search(double latitude, double longitude, NearestRows nearest) {
            x = Sphere.x(latitude, longitude);
            y = Sphere.y(latitude, longitude);
            z = Sphere.z(latitude);
            this.nearest = nearest;
        }

        /** Offers a band's rows between two longitudes, which may lie beyond ±180°; always in the order of the rows. */
        private void band(int band, int west, int east) {
            int from = bandStarts[band];
            int to = bandStarts[band + 1];
            int turn = 2 * Grid.DATE_LINE;
            if (east - west >= turn) {
                offer(from, to);
            } else if (west < -Grid.DATE_LINE) {
                offer(from, firstEastOf(east, from, to));
                offer(firstEastOf(west + turn - 1, from, to), to);
            } else if (east > Grid.DATE_LINE) {
                offer(from, firstEastOf(east - turn, from, to));
                offer(firstEastOf(west - 1, from, to), to);
            } else {
                offer(firstEastOf(west - 1, from, to), firstEastOf(east, from, to));
            }
        }

        private void offer(int from, int to) {
            for (int row = from; row < to; row++) {
                nearest.offer(row, Sphere.squared(
                        vectors[3 * row] - x, vectors[3 * row + 1] - y, vectors[3 * row + 2] - z));
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
