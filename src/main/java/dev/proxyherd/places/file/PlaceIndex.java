package dev.proxyherd.places.file;

import dev.proxyherd.geo.GeoIndex;
import dev.proxyherd.geo.Grid;
import dev.proxyherd.places.PlacesQuery;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The user's own places, in the order that a {@link GeoIndex} searches. Immutable. */
final class PlaceIndex {
    private final PlaceRow[] rows;
    private final GeoIndex index;

    PlaceIndex(List<PlaceRow> places) {
        rows = places.toArray(new PlaceRow[0]);
        Arrays.sort(rows, Comparator.comparingInt(PlaceIndex::band).thenComparingInt(PlaceIndex::longitude)
                .thenComparing(PlaceRow::id));
        int[] bandStarts = new int[Grid.BANDS + 1];
        for (PlaceRow row : rows) {
            bandStarts[band(row) + 1]++;
        }
        Arrays.parallelPrefix(bandStarts, Integer::sum);
        int[] longitudes = Arrays.stream(rows).mapToInt(PlaceIndex::longitude).toArray();
        index = new GeoIndex(bandStarts, longitudes, place -> rows[place].latitude(), place -> rows[place].longitude());
    }

    private static int band(PlaceRow row) {
        return Grid.band(Grid.units(row.latitude()));
    }

    private static int longitude(PlaceRow row) {
        return Grid.units(row.longitude());
    }

    /** At most so many places within the query's radius, nearest first; those at one point in the order of their ids. */
    List<PlaceRow> nearest(PlacesQuery query, int most) {
        int[] found = index.nearest(query.latitude(), query.longitude(), query.radiusMetres(), most);
        return Arrays.stream(found).mapToObj(place -> rows[place]).toList();
    }
}
