package dev.proxyherd.places.bundled;

import dev.proxyherd.geo.Grid;
import dev.proxyherd.places.PlaceLabel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Finds the largest localities in a box, by a walk through the table's bands. */
final class LabelSearch {
    private static final int METRES_PER_REACH = 100;

    private final PlaceTable table;
    private final PriorityQueue<Integer> best;
    private final int limit;

    private LabelSearch(PlaceTable table, int limit) {
        this.table = table;
        this.limit = limit;
        this.best = new PriorityQueue<>(smallestFirst());
    }

    private Comparator<Integer> smallestFirst() {
        return Comparator.<Integer>comparingInt(place -> table.reaches()[place] & 0xFF)
                .thenComparing(Comparator.reverseOrder());
    }

    static List<PlaceLabel> largest(
            PlaceTable table, double west, double south, double east, double north, int limit) {
        LabelSearch search = new LabelSearch(table, limit);
        int low = Grid.units(south);
        int high = Grid.units(north);
        for (int band = Grid.band(low); band <= Grid.band(high); band++) {
            if (west <= east) {
                search.offer(band, Grid.units(west), Grid.units(east), low, high);
            } else {
                search.offer(band, Grid.units(west), Grid.DATE_LINE, low, high);
                search.offer(band, -Grid.DATE_LINE, Grid.units(east), low, high);
            }
        }
        return search.best.stream().sorted(search.smallestFirst().reversed()).map(search::label).toList();
    }

    private void offer(int band, int west, int east, int south, int north) {
        int from = table.bandStarts()[band];
        int to = table.bandStarts()[band + 1];
        int at = Arrays.binarySearch(table.longitudes(), from, to, west);
        for (int place = at < 0 ? -at - 1 : first(at, from); place < to && table.longitudes()[place] <= east; place++) {
            int latitude = table.latitudes()[place];
            if (table.kinds()[place] == PlaceKind.LOCALITY.ordinal() && latitude >= south && latitude <= north) {
                offer(place);
            }
        }
    }

    private int first(int found, int from) {
        int at = found;
        while (at > from && table.longitudes()[at - 1] == table.longitudes()[found]) {
            at--;
        }
        return at;
    }

    private void offer(int place) {
        if (best.size() < limit) {
            best.add(place);
        } else if (smallestFirst().compare(place, best.peek()) > 0) {
            best.remove();
            best.add(place);
        }
    }

    private PlaceLabel label(int place) {
        int start = table.names().start(place);
        String name =
                new String(table.names().bytes(), start, table.names().end(place) - start, StandardCharsets.UTF_8);
        return new PlaceLabel(name, Grid.degrees(table.latitudes()[place]),
                Grid.degrees(table.longitudes()[place]),
                (table.reaches()[place] & 0xFF) * METRES_PER_REACH);
    }
}
