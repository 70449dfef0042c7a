package dev.proxyherd.places.bundled;

import dev.proxyherd.geo.Geo;
import dev.proxyherd.geo.Grid;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** Small tables of places, made for a test. */
public final class PlaceTables {
    /** Latitude and longitude in hundred-thousandths of a degree. */
    public record Point(int latitude, int longitude, String name, PlaceKind kind) {
        public static Point at(double latitude, double longitude) {
            return new Point(Grid.units(latitude), Grid.units(longitude), "Somewhere", PlaceKind.LOCALITY);
        }

        Point named(String newName) {
            return new Point(latitude, longitude, newName, kind);
        }

        public Point of(PlaceKind newKind) {
            return new Point(latitude, longitude, name, newKind);
        }
    }

    private PlaceTables() {
    }

    /** Ids count from 1 in the table's own order; every place lies in the area "Region, Country" and reaches 500 m. */
    public static PlaceTable of(List<Point> points) {
        List<Point> rows = points.stream().sorted(Comparator.<Point>comparingInt(p -> Grid.band(p.latitude))
                .thenComparingInt(Point::longitude)).toList();
        int size = rows.size();
        int[] bandStarts = new int[Grid.BANDS + 1];
        int[] latitudes = new int[size];
        int[] longitudes = new int[size];
        int[] ids = new int[size];
        byte[] kinds = new byte[size];
        byte[] reaches = new byte[size];
        for (int i = 0; i < size; i++) {
            latitudes[i] = rows.get(i).latitude;
            longitudes[i] = rows.get(i).longitude;
            ids[i] = i + 1;
            kinds[i] = (byte) rows.get(i).kind.ordinal();
            reaches[i] = 5;
            bandStarts[Grid.band(latitudes[i]) + 1]++;
        }
        for (int band = 0; band < Grid.BANDS; band++) {
            bandStarts[band + 1] += bandStarts[band];
        }
        return new PlaceTable(bandStarts, latitudes, longitudes, ids, kinds, reaches, new char[size],
                texts(rows.stream().map(Point::name).toList()), texts(List.of("Region, Country")));
    }

    private static PlaceTexts texts(List<String> texts) {
        int[] ends = new int[texts.size()];
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < ends.length; i++) {
            all.append(texts.get(i));
            ends[i] = all.toString().getBytes(StandardCharsets.UTF_8).length;
        }
        return new PlaceTexts(all.toString().getBytes(StandardCharsets.UTF_8), ends);
    }

    /** The great-circle distance by a formula that is sound at every distance, unlike the one under test in every step. */
    public static double metres(double latitudeA, double longitudeA, double latitudeB, double longitudeB) {
        double a = Math.toRadians(latitudeA);
        double b = Math.toRadians(latitudeB);
        double turn = Math.toRadians(longitudeB - longitudeA);
        double across = Math.hypot(Math.cos(b) * Math.sin(turn),
                Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(turn));
        double along = Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(turn);
        return Geo.EARTH_RADIUS_METRES * Math.atan2(across, along);
    }

    public static double metres(PlaceTable table, int place, double latitude, double longitude) {
        return metres(latitude, longitude, table.latitudes()[place] / 1e5, table.longitudes()[place] / 1e5);
    }
}
