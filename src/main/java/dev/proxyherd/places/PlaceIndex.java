package dev.proxyherd.places;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Finds the nearest places: sorted by latitude, so that only those in the band that a circle touches are looked at. Immutable. */
final class PlaceIndex {
    /** Degrees by which the band is wider than the circle, so that rounding loses nothing. */
    private static final double SLACK = 1e-9;

    private final PlaceRow[] rows;
    private final double[] latitudes;
    private final double[] longitudes;

    private record Hit(PlaceRow row, double metres) {
    }

    PlaceIndex(List<PlaceRow> places) {
        rows = places.toArray(new PlaceRow[0]);
        Arrays.sort(rows, Comparator.comparingDouble(PlaceRow::latitude));
        latitudes = Arrays.stream(rows).mapToDouble(PlaceRow::latitude).toArray();
        longitudes = Arrays.stream(rows).mapToDouble(PlaceRow::longitude).toArray();
    }

    int size() {
        return rows.length;
    }

    /** At most so many places within the query's radius, nearest first; equal distances in the order of their ids. */
    List<PlaceRow> nearest(PlacesQuery query, int most) {
        Comparator<Hit> order = Comparator.comparingDouble(Hit::metres).thenComparing(hit -> hit.row.id());
        PriorityQueue<Hit> farthestFirst = new PriorityQueue<>(most + 1, order.reversed());
        double radius = query.radiusMetres();
        double reach = Math.toDegrees(radius / Geo.EARTH_RADIUS) + SLACK;
        double widest = widestLongitude(query.latitude(), reach);
        for (int i = firstAtLeast(query.latitude() - reach); i < rows.length && latitudes[i] <= query.latitude() + reach; i++) {
            double apart = Math.abs(longitudes[i] - query.longitude());
            if (Math.min(apart, 360 - apart) > widest) {
                continue;
            }
            double metres = Geo.distance(query.latitude(), query.longitude(), latitudes[i], longitudes[i]);
            if (metres <= radius) {
                farthestFirst.add(new Hit(rows[i], metres));
                if (farthestFirst.size() > most) {
                    farthestFirst.poll();
                }
            }
        }
        return farthestFirst.stream().sorted(order).map(Hit::row).toList();
    }

    /** How many degrees of longitude a circle reaches to either side; all of them when a pole lies in it. */
    private static double widestLongitude(double latitude, double reach) {
        if (Math.abs(latitude) + reach >= 90) {
            return 180;
        }
        return Math.toDegrees(Math.asin(Math.sin(Math.toRadians(reach)) / Math.cos(Math.toRadians(latitude)))) + SLACK;
    }

    private int firstAtLeast(double latitude) {
        int low = 0;
        int high = latitudes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (latitudes[middle] < latitude) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
