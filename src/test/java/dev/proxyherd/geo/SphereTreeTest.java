package dev.proxyherd.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The index against a look at every point. */
class SphereTreeTest {
    private final SphereTree<Point> tree = new SphereTree<>();
    private final List<Point> points = new ArrayList<>();

    private static final class Point extends MovingPoint {
        private Point(String id) {
            super(id);
        }
    }

    private void add(double latitude, double longitude) {
        Point point = new Point("c" + points.size());
        points.add(point);
        tree.place(point, latitude, longitude);
    }

    private List<String> nearest(double latitude, double longitude, double metres, int limit) {
        return tree.nearest(latitude, longitude, metres, limit).stream().map(found -> found.point().id()).toList();
    }

    private List<String> nearestOfAll(double latitude, double longitude, double metres, int limit) {
        double x = Sphere.x(latitude, longitude);
        double y = Sphere.y(latitude, longitude);
        double z = Sphere.z(latitude);
        double squaredChord = Sphere.squaredChord(Sphere.angleWithin(metres));
        return points.stream().filter(point -> point.squaredChordTo(x, y, z) <= squaredChord)
                .sorted(Comparator.<Point>comparingDouble(point -> point.squaredChordTo(x, y, z))
                        .thenComparing(Point::id))
                .limit(limit).map(Point::id).toList();
    }

    /** Points in clumps, at both poles and along the date line, that then move about. */
    private void scatter(Random random, int count) {
        double[][] centres = {{34, -118}, {90, 0}, {-90, 0}, {0, 180}, {0, -180}, {51, 0}, {-17, 179.9}};
        for (int i = 0; i < count; i++) {
            double[] centre = centres[random.nextInt(centres.length)];
            double wide = Math.pow(10, random.nextDouble(-5, 1.5));
            add(clamp(centre[0] + random.nextGaussian() * wide, 90),
                    clamp(centre[1] + random.nextGaussian() * wide, 180));
        }
        for (int i = 0; i < 3 * count; i++) {
            Point point = points.get(random.nextInt(count));
            double far = random.nextInt(10) == 0 ? 60 : 0.01;
            tree.place(point, clamp(point.latitude() + random.nextGaussian() * far, 90),
                    clamp(point.longitude() + random.nextGaussian() * far, 180));
        }
    }

    private static double clamp(double degrees, double limit) {
        return Math.clamp(degrees, -limit, limit);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsTheNearestWhereverThatIs(long seed) {
        Random random = new Random(seed);
        scatter(random, 2_000);

        for (int i = 0; i < 100; i++) {
            double latitude = i % 10 == 0 ? 90 : i % 10 == 1 ? -90 : random.nextDouble(-90, 90);
            double longitude = i % 10 == 2 ? 180 : i % 10 == 3 ? -180 : random.nextDouble(-180, 180);
            double metres = Math.pow(10, random.nextDouble(2, 7.4));
            int limit = 1 + random.nextInt(50);

            assertThat(nearest(latitude, longitude, metres, limit))
                    .isEqualTo(nearestOfAll(latitude, longitude, metres, limit));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void findsAllInABox(long seed) {
        Random random = new Random(seed);
        scatter(random, 2_000);

        for (int i = 0; i < 100; i++) {
            double south = random.nextDouble(-90, 90);
            double west = random.nextDouble(-180, 180);
            BoundingBox box = new BoundingBox(west, south, random.nextDouble(-180, 180),
                    Math.min(90, south + Math.pow(10, random.nextDouble(-3, 2))));
            TreeSet<String> found = new TreeSet<>();
            tree.within(box, point -> found.add(point.id()));

            assertThat(found).isEqualTo(new TreeSet<>(points.stream()
                    .filter(point -> box.contains(point.latitude(), point.longitude())).map(Point::id).toList()));
        }
    }

    @Test
    void keepsEveryPointWhereItBelongs() {
        scatter(new Random(1), 2_000);
        TreeSet<String> found = new TreeSet<>();
        tree.within(new BoundingBox(-180, -90, 180, 90), point -> found.add(point.id()));

        assertThat(found).hasSize(2_000);
        for (Point point : points) {
            assertThat(tree.nearest(point.latitude(), point.longitude(), 0, 2_000)).as(point.id())
                    .anyMatch(one -> one.point() == point);
        }
    }

    @Test
    void forgetsWhatIsTakenOut() {
        scatter(new Random(7), 500);
        points.forEach(tree::remove);

        assertThat(tree.size()).isZero();
        assertThat(nearest(34, -118, 1e8, 10)).isEmpty();
    }

    @Test
    void holdsAnyNumberOfPointsInOnePlace() {
        for (int i = 0; i < 1_000; i++) {
            add(34, -118);
        }
        tree.place(points.get(500), 35, -118);

        assertThat(nearest(34, -118, 1000, 2_000)).hasSize(999);
        assertThat(nearest(35, -118, 1000, 2_000)).containsExactly("c500");
    }

    @Test
    void takesTheSmallestIdsOfThoseInOnePlace() {
        for (int i = 0; i < 1_000; i++) {
            add(34, -118);
        }
        add(34, -118.001);

        assertThat(nearest(34, -118, 1000, 3)).containsExactly("c0", "c1", "c10");
        assertThat(nearest(34, -118, 1000, 1_001)).isEqualTo(nearestOfAll(34, -118, 1000, 1_001)).endsWith("c1000");
        assertThat(nearest(34, -118.001, 1000, 2)).containsExactly("c1000", "c0");
    }

    @ParameterizedTest
    @CsvSource({"170,-10,-170,10, 0,180, true", "170,-10,180,10, 0,-180, true", "-180,-10,-170,10, 0,180, true",
        "170,-10,-170,10, 0,0, false", "-180,-90,180,90, 12,34, true", "10,0,20,10, 10,20, true",
        "10,0,20,10, 10.001,20, false"})
    void boxesKnowTheDateLine(double west, double south, double east, double north, double latitude, double longitude,
            boolean inside) {
        assertThat(new BoundingBox(west, south, east, north).contains(latitude, longitude)).isEqualTo(inside);
    }
}
