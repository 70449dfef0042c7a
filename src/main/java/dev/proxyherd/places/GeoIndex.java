package dev.proxyherd.places;

/**
 * Finds the places nearest to a point. The table's bands cut the circle's latitudes, a binary search in each band its
 * longitudes; what is left is compared by the chord through a sphere with the Earth's mean radius: chord and great circle
 * order alike, the chord needs no trigonometry, and it knows neither poles nor a date line. Unit vectors as in
 * <a href="https://en.wikipedia.org/wiki/N-vector">n-vector</a>; the chord of an angle a is 2 sin(a/2). Never changed
 * once it is built, so any thread may search.
 */
final class GeoIndex {
    /** The mean radius (2a + b) / 3 of the WGS 84 ellipsoid: distances are within 0.6 % of those on the ellipsoid. */
    static final double EARTH_RADIUS_METRES = 6_371_008.8;

    /** Covers rounding, so that radius 0 finds what is at the point, even at a pole or at ±180°. */
    private static final double SLACK_METRES = 0.001;

    private final PlaceTable table;
    private final double[] vectors;

    GeoIndex(PlaceTable table) {
        this.table = table;
        vectors = new double[3 * table.size()];
        for (int place = 0; place < table.size(); place++) {
            double latitude = Math.toRadians((double) table.latitudes()[place] / PlaceTable.PER_DEGREE);
            double longitude = Math.toRadians((double) table.longitudes()[place] / PlaceTable.PER_DEGREE);
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
    int[] nearest(double latitude, double longitude, double radiusMetres, int bound) {
        double angle = Math.min(Math.PI, (radiusMetres + SLACK_METRES) / EARTH_RADIUS_METRES);
        double chord = 2 * Math.sin(angle / 2);
        NearestPlaces nearest = new NearestPlaces(bound, chord * chord);
        Search search = new Search(Math.toRadians(latitude), Math.toRadians(longitude), nearest);
        double north = latitude + Math.toDegrees(angle);
        double south = latitude - Math.toDegrees(angle);
        boolean allLongitudes = north >= 90 || south <= -90;
        double halfWidth = allLongitudes ? 180
            : Math.toDegrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(Math.toRadians(latitude)))));
        int west = units(longitude - halfWidth) - 1;
        int east = units(longitude + halfWidth) + 1;
        int lastBand = PlaceTable.band(units(north) + 1);
        for (int band = PlaceTable.band(units(south) - 1); band <= lastBand; band++) {
            search.band(band, west, east);
        }
        return nearest.toArray();
    }

    private static int units(double degrees) {
        return (int) Math.rint(degrees * PlaceTable.PER_DEGREE);
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
            int from = table.bandStarts()[band];
            int to = table.bandStarts()[band + 1];
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
                if (table.longitudes()[middle] <= longitude) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
