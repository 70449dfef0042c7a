package dev.proxyherd.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.proxyherd.places.bundled.BundledPlaces;
import dev.proxyherd.places.bundled.PlaceTable;
import dev.proxyherd.places.bundled.PlaceTables;
import dev.proxyherd.places.bundled.PlaceTables.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoIndexTest {
    private static GeoIndex indexOf(Point... points) {
        return indexOf(PlaceTables.of(List.of(points)));
    }

    private static GeoIndex indexOf(PlaceTable table) {
        return new GeoIndex(table.bandStarts(), table.latitudes(), table.longitudes());
    }

    @Nested
    class RadiusZero {
        @ParameterizedTest
        @CsvSource({
            "34.06893, -118.44513, 34.06893, -118.44513",
            "12.5, 180, 12.5, -180",
            "12.5, -180, 12.5, 180",
            "90, 0, 90, 77.7",
            "-90, 0, -90, -180",
            "0, 0, 0, 0"})
        void findsWhatIsAtThePoint(double latitude, double longitude, double askedLatitude, double askedLongitude) {
            GeoIndex index = indexOf(Point.at(latitude, longitude));
            assertThat(index.nearest(askedLatitude, askedLongitude, 0, 5)).hasSize(1);
        }

        @Test
        void findsNothingAMetreOff() {
            assertThat(indexOf(Point.at(34.06893, -118.44513)).nearest(34.06894, -118.44513, 0, 5)).isEmpty();
        }
    }

    @Nested
    class AcrossTheDateLine {
        private final GeoIndex index = indexOf(Point.at(0, 179.99), Point.at(0, -179.98), Point.at(0, 179.9));

        @Test
        void findsBothSidesNearestFirst() {
            // Rows go from west to east: 0 is -179.98, 1 is 179.9, 2 is 179.99.
            assertThat(index.nearest(0, 180, 50_000, 5)).containsExactly(2, 0, 1);
            assertThat(index.nearest(0, -180, 50_000, 5)).containsExactly(2, 0, 1);
            assertThat(index.nearest(0, -179.97, 50_000, 2)).containsExactly(0, 2);
        }
    }

    @Nested
    class AtThePoles {
        @Test
        void findsPlacesOnAllSides() {
            GeoIndex index = indexOf(Point.at(89.9, 0), Point.at(89.8, 120), Point.at(89.7, -120), Point.at(89, 0));
            assertThat(index.nearest(90, 12, 50_000, 20)).hasSize(3);
            assertThat(index.nearest(89.95, -179, 50_000, 20)).hasSize(3);
        }
    }

    @Test
    void ofPlacesAtOneDistanceTheFirstRowsAreKept() {
        GeoIndex index = indexOf(Point.at(10, 10), Point.at(10, 10), Point.at(10, 10), Point.at(10, 10));
        assertThat(index.nearest(10, 10, 100, 2)).containsExactly(0, 1);
    }

    @Test
    void anEmptyTableHasNothingAnywhere() {
        assertThat(indexOf().nearest(0, 0, 50_000, 20)).isEmpty();
    }

    @Nested
    class AgainstLookingAtEveryPlace {
        private static final double[] LATITUDES =
                {-90, -89.9, -89.6, -45.003, -0.01, 0, 0.05, 51.5, 66.3, 89.6, 89.9, 90};
        private static final double[] LONGITUDES = {-180, -179.99, -179.6, -0.02, 0, 13.4, 179.6, 179.99, 180};

        @Test
        void findsTheSameAmongPlacesCrowdedWhereItIsHard() {
            long seed = 20260101;
            Random random = new Random(seed);
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < 4_000; i++) {
                double[] spot = spot(random);
                points.add(Point.at(spot[0], spot[1]));
            }
            PlaceTable table = PlaceTables.of(points);
            compare(table, random, 1_500, "seed " + seed);
        }

        @Test
        void findsTheSameInTheRealData() throws Exception {
            long seed = 7;
            PlaceTable table = BundledPlaces.readResource();
            compare(table, new Random(seed), 60, "seed " + seed);
        }

        private double[] spot(Random random) {
            double latitude = LATITUDES[random.nextInt(LATITUDES.length)] + random.nextGaussian() * 0.2;
            double longitude = LONGITUDES[random.nextInt(LONGITUDES.length)] + random.nextGaussian() * 0.3;
            return new double[] {Math.clamp(latitude, -90, 90), Math.clamp(longitude, -180, 180)};
        }

        private void compare(PlaceTable table, Random random, int queries, String seed) {
            GeoIndex index = indexOf(table);
            for (int i = 0; i < queries; i++) {
                double[] spot = spot(random);
                if (i % 3 == 0) {
                    int place = random.nextInt(table.size());
                    spot = new double[] {table.latitudes()[place] / 1e5, table.longitudes()[place] / 1e5};
                }
                double radius = i % 10 == 0 ? 0 : random.nextDouble() * 50_000;
                int bound = 1 + random.nextInt(20);
                String query = seed + ", query " + i + ": " + Arrays.toString(spot) + " " + radius + " m, " + bound;
                compareOne(table, index, spot, radius, bound, query);
            }
        }

        private void compareOne(PlaceTable table, GeoIndex index, double[] spot, double radius, int bound,
                String query) {
            double[] all = IntStream.range(0, table.size())
                    .mapToDouble(place -> PlaceTables.metres(table, place, spot[0], spot[1])).toArray();
            int[] found = index.nearest(spot[0], spot[1], radius, bound);
            assertThat(found).as(query).doesNotHaveDuplicates();
            double[] expected =
                    Arrays.stream(all).filter(metres -> metres <= radius + 0.0005).sorted().limit(bound).toArray();
            assertThat(found).as(query).hasSameSizeAs(expected);
            for (int i = 0; i < found.length; i++) {
                assertThat(all[found[i]]).as(query + ", result " + i).isCloseTo(expected[i], within(0.001));
            }
        }
    }
}
