package dev.proxyherd.fences.jts;

import static dev.proxyherd.fences.SomeFences.area;
import static dev.proxyherd.fences.SomeFences.areas;
import static dev.proxyherd.fences.SomeFences.box;
import static dev.proxyherd.fences.SomeFences.ring;
import static dev.proxyherd.fences.SomeFences.star;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.fences.BadFenceException;
import dev.proxyherd.fences.Fence;
import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.FencedArea;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.Ring;
import dev.proxyherd.fences.Side;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.geo.Geo;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A point is in a fence or out of it, wherever on the globe that is, and however the fence was written. */
class FencedAreaTest {
    private static FencedArea of(double margin, FenceShape shape) throws BadFenceException {
        return new JtsGeometry().area(SomeFences.of("yard", margin, shape));
    }

    @Nested
    class InThePlane {
        @Test
        void theEdgeIsInsideAndAHoleIsNot() throws BadFenceException {
            FencedArea area = of(0, area(ring(0, 0, 10, 0, 10, 10, 0, 10), ring(4, 4, 6, 4, 6, 6, 4, 6)));
            assertThat(area.side(5, 2)).isEqualTo(Side.IN);
            assertThat(area.side(5, 5)).isEqualTo(Side.OUT);
            assertThat(area.side(0, 5)).isEqualTo(Side.IN);
            assertThat(area.side(5, 4)).isEqualTo(Side.IN);
            assertThat(area.side(5, 10.000001)).isEqualTo(Side.OUT);
        }

        @Test
        void ofManyCornersIsAsLookingAtAllOfThemSays() throws BadFenceException {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (int corners : new int[] {3, 17, 64, 65, 1000, 20_000}) {
                Ring ring = star(random, 10, 50, 5, corners);
                FencedArea area = of(0, area(ring));
                for (int i = 0; i < 200; i++) {
                    double longitude = 4 + 12 * random.nextDouble();
                    double latitude = 44 + 12 * random.nextDouble();
                    assertThat(area.side(latitude, longitude)).as("seed %d, %d corners", seed, corners)
                            .isEqualTo(isInside(ring, longitude, latitude) ? Side.IN : Side.OUT);
                }
            }
        }

        /** By counting the edges that a ray to the east crosses. */
        private boolean isInside(Ring ring, double longitude, double latitude) {
            boolean inside = false;
            for (int i = 0; i + 1 < ring.size(); i++) {
                if (ring.latitude(i) > latitude != ring.latitude(i + 1) > latitude) {
                    double part = (latitude - ring.latitude(i)) / (ring.latitude(i + 1) - ring.latitude(i));
                    inside ^= longitude < ring.longitude(i) + part * (ring.longitude(i + 1) - ring.longitude(i));
                }
            }
            return inside;
        }
    }

    @Nested
    class WithAMargin {
        @Test
        void whatIsWithinItOfTheEdgeIsBarelyInOrOut() throws BadFenceException {
            FencedArea area = of(1000, box(0, 0, 10, 10));
            double kilometre = 1000 / Geo.METRES_PER_DEGREE;
            assertThat(area.side(5, 1.01 * kilometre)).isEqualTo(Side.IN);
            assertThat(area.side(5, 0.99 * kilometre)).isEqualTo(Side.BARELY_IN);
            assertThat(area.side(5, -0.99 * kilometre)).isEqualTo(Side.BARELY_OUT);
            assertThat(area.side(5, -1.01 * kilometre)).isEqualTo(Side.OUT);
        }

        @Test
        void aHoleHasOneToo() throws BadFenceException {
            FencedArea area = of(1000, area(ring(0, 0, 10, 0, 10, 10, 0, 10), ring(4, 4, 6, 4, 6, 6, 4, 6)));
            assertThat(area.side(5, 4.001)).isEqualTo(Side.BARELY_OUT);
            assertThat(area.side(5, 3.999)).isEqualTo(Side.BARELY_IN);
            assertThat(area.side(5, 5)).isEqualTo(Side.OUT);
        }

        @Test
        void polygonsThatMeetHaveNoneBetweenThem() throws BadFenceException {
            FencedArea area = of(1000, areas(ring(0, 0, 5, 0, 5, 5, 0, 5), ring(5, 0, 9, 0, 9, 5, 5, 5)));
            assertThat(area.side(2, 5)).isEqualTo(Side.IN);
            assertThat(area.side(0, 5)).isEqualTo(Side.BARELY_IN);
        }

        @Test
        void isMeasuredInMetresAtAnyLatitudeAndAlongAnyEdge() throws BadFenceException {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (int i = 0; i < 30; i++) {
                double latitude = 170 * random.nextDouble() - 85;
                double longitude = 360 * random.nextDouble() - 180;
                Ring ring = star(random, longitude, latitude, Math.pow(10, -3 + 3 * random.nextDouble()),
                        3 + (i % 10 == 0 ? 80 : random.nextInt(10)));
                double margin = Math.pow(10, 1 + 3 * random.nextDouble());
                FencedArea area = of(margin, area(ring));
                for (int j = 0; j < 10; j++) {
                    int corner = random.nextInt(ring.size());
                    double near = margin / Geo.METRES_PER_DEGREE;
                    double y = Math.clamp(ring.latitude(corner) + 3 * near * (random.nextDouble() - 0.5), -90, 90);
                    double x = Math.IEEEremainder(ring.longitude(corner)
                            + 3 * near / Math.cos(Math.toRadians(y)) * (random.nextDouble() - 0.5), 360);
                    double away = metresTo(ring, y, x);
                    Side side = area.side(y, x);
                    boolean isBare = side == Side.BARELY_IN || side == Side.BARELY_OUT;
                    if (Math.abs(away - margin) > 0.01 * margin + 0.02) {
                        assertThat(isBare).as("seed %d: %s m away, with %s m of margin", seed, away, margin)
                                .isEqualTo(away < margin);
                    }
                }
            }
        }

        /** By walking along all edges, and more narrowly where that comes near. */
        private double metresTo(Ring ring, double latitude, double longitude) {
            double least = Double.MAX_VALUE;
            for (int i = 0; i + 1 < ring.size(); i++) {
                double from = 0;
                double to = 1;
                for (int round = 0; round < 4; round++) {
                    double step = (to - from) / 100;
                    double best = from;
                    double bestMetres = Double.MAX_VALUE;
                    for (int k = 0; k <= 100; k++) {
                        double t = from + k * step;
                        double metres = Geo.distance(latitude, longitude,
                                ring.latitude(i) + t * (ring.latitude(i + 1) - ring.latitude(i)),
                                ring.longitude(i) + t * (ring.longitude(i + 1) - ring.longitude(i)));
                        if (metres < bestMetres) {
                            best = t;
                            bestMetres = metres;
                        }
                    }
                    least = Math.min(least, bestMetres);
                    from = Math.max(0, best - step);
                    to = Math.min(1, best + step);
                }
            }
            return least;
        }
    }

    @Nested
    class AtTheDateLine {
        private final FenceShape uncut = area(ring(170, 10, -170, 10, -170, 20, 170, 20));
        private final FenceShape beyond = area(ring(170, 10, 190, 10, 190, 20, 170, 20));
        private final FenceShape westwards = area(ring(-190, 10, -170, 10, -170, 20, -190, 20));
        private final FenceShape cut =
                areas(ring(170, 10, 180, 10, 180, 20, 170, 20), ring(-180, 10, -170, 10, -170, 20, -180, 20));

        @Test
        void aFenceIsTheSameCutOrUncut() throws BadFenceException {
            for (FenceShape shape : List.of(uncut, beyond, westwards, cut)) {
                FencedArea area = of(1000, shape);
                for (double longitude : new double[] {171, 179, 180, -180, -179, -171}) {
                    assertThat(area.side(15, longitude)).as("%s at %s", shape, longitude).isEqualTo(Side.IN);
                    assertThat(area.side(21, longitude)).isEqualTo(Side.OUT);
                }
                assertThat(area.side(15, 169)).isEqualTo(Side.OUT);
                assertThat(area.side(15, -169)).isEqualTo(Side.OUT);
                assertThat(area.side(15, 0)).isEqualTo(Side.OUT);
                assertThat(area.side(15, 170.001)).isEqualTo(Side.BARELY_IN);
                assertThat(area.side(15, -169.999)).isEqualTo(Side.BARELY_OUT);
            }
        }

        @Test
        void aFenceThatEndsThereHasItsMarginThere() throws BadFenceException {
            FencedArea area = of(1000, box(170, 10, 180, 20));
            assertThat(area.side(15, 179.999)).isEqualTo(Side.BARELY_IN);
            assertThat(area.side(15, 180)).isEqualTo(Side.BARELY_IN);
            assertThat(area.side(15, -180)).isEqualTo(Side.BARELY_IN);
            assertThat(area.side(15, -179.999)).isEqualTo(Side.BARELY_OUT);
            assertThat(area.side(15, -179.9)).isEqualTo(Side.OUT);
        }

        @Test
        void aHoleIsFoundOnItsOwnSide() throws BadFenceException {
            FencedArea area = of(0, area(ring(170, 10, -170, 10, -170, 20, 170, 20),
                    ring(-176, 14, -174, 14, -174, 16, -176, 16)));
            assertThat(area.side(15, -175)).isEqualTo(Side.OUT);
            assertThat(area.side(15, -177)).isEqualTo(Side.IN);
        }

        @Test
        void aBeltAllRoundTheGlobeHasNoEdgeThere() throws BadFenceException {
            FencedArea belt = of(1000, box(-180, -10, 180, 10));
            assertThat(belt.side(0, 180)).isEqualTo(Side.IN);
            assertThat(belt.side(0, -179.9999)).isEqualTo(Side.IN);
            assertThat(belt.side(9.999, 100)).isEqualTo(Side.BARELY_IN);
        }
    }

    @Nested
    class AtAPole {
        private final FenceShape uncut = area(ring(0, 60, 90, 60, 180, 60, -90, 60));
        private final FenceShape cut = area(ring(-180, 60, -90, 60, 0, 60, 90, 60, 180, 60, 180, 90, -180, 90));

        @Test
        void aRingThatGoesRoundOneHoldsIt() throws BadFenceException {
            for (FenceShape shape : List.of(uncut, cut)) {
                FencedArea area = of(1000, shape);
                for (double longitude : new double[] {-180, -90, -0.0001, 0, 0.0001, 17, 90, 180}) {
                    assertThat(area.side(61, longitude)).as("%s at %s", shape, longitude).isEqualTo(Side.IN);
                    assertThat(area.side(90, longitude)).isEqualTo(Side.IN);
                    assertThat(area.side(59, longitude)).isEqualTo(Side.OUT);
                    assertThat(area.side(60.001, longitude)).isEqualTo(Side.BARELY_IN);
                    assertThat(area.side(-90, longitude)).isEqualTo(Side.OUT);
                }
                assertThat(area.remark()).isEqualTo("holds a pole");
            }
        }

        @Test
        void theSouthernOneTooWhicheverWayTheRingGoes() throws BadFenceException {
            FencedArea area = of(0, area(ring(0, -60, -90, -60, 180, -60, 90, -60)));
            assertThat(area.side(-75, 33)).isEqualTo(Side.IN);
            assertThat(area.side(-90, 0)).isEqualTo(Side.IN);
            assertThat(area.side(75, 33)).isEqualTo(Side.OUT);
        }

        @Test
        void isOnePlaceForAFenceThatOnlyTouchesIt() throws BadFenceException {
            FencedArea area = of(0, area(ring(0, 80, 30, 80, 15, 90)));
            assertThat(area.side(90, -100)).isEqualTo(Side.IN);
            assertThat(area.side(89, -100)).isEqualTo(Side.OUT);
        }

        @Test
        void aMarginReachesAcrossIt() throws BadFenceException {
            FencedArea area = of(50_000, box(0, 89, 90, 89.9));
            assertThat(area.side(89.9, -135)).isEqualTo(Side.BARELY_OUT);
            assertThat(area.side(89.5, -135)).isEqualTo(Side.OUT);
        }

        @Test
        void aDiscReachesAcrossIt() throws BadFenceException {
            FencedArea disc = of(1000, new FenceShape.Disc(89.9, 0, 30_000));
            assertThat(disc.side(89.9, 180)).isEqualTo(Side.IN);
            assertThat(disc.side(90, 77)).isEqualTo(Side.IN);
            assertThat(disc.side(89.8, 180)).isEqualTo(Side.OUT);
            assertThat(disc.remark()).isEqualTo("holds a pole");
        }
    }

    @Test
    void noFenceIsMissedByTheIndexAndNoneFoundTwice() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Fence> fences = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            double latitude = random.nextBoolean() ? 180 * random.nextDouble() - 90 : 88 + 2 * random.nextDouble();
            double longitude =
                    random.nextBoolean() ? 360 * random.nextDouble() - 180 : 179 + 0.9 * random.nextDouble();
            double size = Math.pow(10, -2 + 3 * random.nextDouble());
            FenceShape shape = switch (random.nextInt(3)) {
                case 0 -> new FenceShape.Disc(latitude, longitude, 2 + size * 100_000);
                case 1 -> area(star(random, longitude, Math.clamp(latitude, -80, 80), size, 5));
                default -> areas(star(random, longitude, Math.clamp(latitude, -80, 80), size, 9),
                        star(random, longitude + size, Math.clamp(latitude, -79, 79), size, 5));
            };
            fences.add(SomeFences.of("f" + i, random.nextBoolean() ? 0 : 1, shape));
        }
        Fences compiled = SomeFences.compiled(fences);
        for (int i = 0; i < 1_000; i++) {
            double latitude = random.nextBoolean() ? 180 * random.nextDouble() - 90 : 88 + 2 * random.nextDouble();
            double longitude = random.nextInt(8) == 0 ? 180 : 360 * random.nextDouble() - 180;
            int[] near = compiled.index().near(latitude, longitude);
            assertThat(near).as("seed %d, %s, %s", seed, latitude, longitude).doesNotHaveDuplicates().isSorted();
            assertThat(IntStream.range(0, fences.size())
                    .filter(place -> compiled.areas().get(place).side(latitude, longitude) != Side.OUT))
                    .as("seed %d, %s, %s", seed, latitude, longitude).isSubsetOf(IntStream.of(near).boxed().toList());
            assertThat(compiled.index().isNear(latitude, longitude)).isEqualTo(near.length > 0);
        }
    }

    @Nested
    class WithoutAnArea {
        private void refused(FenceShape shape, String... words) {
            assertThatThrownBy(() -> of(0, shape)).isInstanceOf(BadFenceException.class)
                    .hasMessageContainingAll(words);
        }

        @Test
        void aRingThatCrossesItselfIsRefusedWithThePlace() {
            refused(area(ring(0, 0, 10, 10, 10, 0, 0, 10)), "self-intersection", "latitude 5.0, longitude 5.0");
        }

        @Test
        void aHoleOutsideIsRefused() {
            refused(area(ring(0, 0, 10, 0, 10, 10, 0, 10), ring(20, 0, 21, 0, 21, 1)), "hole lies outside");
        }

        @Test
        void aRingThatIsNotClosedOrHasTooFewPositionsIsRefused() {
            refused(area(new Ring(new double[] {0, 0, 1, 0, 1, 1, 0, 1})), "its outer ring", "is not closed");
            refused(area(ring(0, 0, 1, 0)), "its outer ring has 3 positions");
            refused(area(ring(0, 0, 1, 0, 0, 0)), "enclose no area");
        }

        @Test
        void ofSeveralPolygonsTheOneIsNamed() {
            refused(areas(ring(0, 0, 1, 0, 1, 1), ring(0, 0, 10, 10, 10, 0, 0, 10)), "of its polygon 2");
        }

        @Test
        void aRingRoundTheGlobeAcrossTheEquatorIsRefused() {
            refused(area(ring(0, 10, 120, -10, -120, 10)), "which pole is within");
        }

        @Test
        void aMarginThatLeavesNothingOfADiscIsRefused() {
            assertThatThrownBy(() -> of(50, new FenceShape.Disc(0, 0, 50)))
                    .hasMessage("its margin of 50 m leaves nothing of its radius of 50 m");
        }
    }
}
