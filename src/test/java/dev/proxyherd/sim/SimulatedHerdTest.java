package dev.proxyherd.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.sim.SimulatedHerd.Flood;
import dev.proxyherd.topology.graph.Graph;
import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedHerdTest {
    private static final long SECOND = 1_000_000_000;
    private static final long LIMIT = 60 * SECOND;

    private static Flood flood(Graph graph, int origin, Conditions conditions) {
        SimulatedHerd herd = new SimulatedHerd(graph, conditions);
        Flood flood = herd.flood(origin, graph.size(), LIMIT);
        assertThat(herd.agree()).as("all stores are the same").isTrue();
        return flood;
    }

    @Nested
    class AnUpdate {
        @ParameterizedTest
        @EnumSource(value = Shapes.class, names = {"CHAIN", "TREE", "STARS"})
        void crossesEachLinkOfATreeOnce(Shapes shape) {
            for (int servers : new int[] {2, 5, 40}) {
                Graph tree = shape.graph(servers, 1);
                for (int origin = 0; origin < servers; origin += 3) {
                    assertThat(flood(tree, origin, Conditions.measured(origin)).copies()).isEqualTo(servers - 1);
                }
            }
        }

        @ParameterizedTest
        @EnumSource(Shapes.class)
        void crossesLinksTwiceLessOnceForEachServerButOne(Shapes shape) {
            for (long seed = 1; seed <= 5; seed++) {
                Graph graph = shape.graph(20, seed);
                Flood flood = flood(graph, (int) seed, Conditions.measured(seed));
                assertThat(flood.copies()).as("seed %d", seed).isEqualTo(2 * graph.edges().size() - 19);
                assertThat(flood.reached()).isEqualTo(20);
            }
        }

        @Test
        void takesTimeAsTheDiameterGrows() {
            for (Shapes shape : List.of(Shapes.CHAIN, Shapes.RING, Shapes.TREE)) {
                Graph few = shape.graph(15, 1);
                Graph many = shape.graph(250, 1);
                Conditions conditions = Conditions.measured(1).withoutJitter();
                Flood near = flood(few, SimulatedHerd.end(few), conditions);
                Flood far = flood(many, SimulatedHerd.end(many), conditions);
                assertThat((double) far.nanos() / near.nanos())
                        .isCloseTo((double) far.hops() / near.hops(),
                                Percentage.withPercentage(10));
            }
        }

        @ParameterizedTest
        @EnumSource(Shapes.class)
        void hasTheSameHistoryWithTheSameSeedAndAnotherOneWithAnother(Shapes shape) {
            Graph graph = shape.graph(50, 1);
            Flood once = flood(graph, 0, Conditions.measured(7));
            assertThat(flood(graph, 0, Conditions.measured(7))).isEqualTo(once);
            assertThat(flood(graph, 0, Conditions.measured(8))).isNotEqualTo(once);
            assertThat(Growth.flooded(shape, 30)).isEqualTo(Growth.flooded(shape, 30));
        }
    }

    @Nested
    class ALinkThatIsDown {
        /** Of a chain of four the one in the middle is down; each half hears of another client. */
        private final Edge middle = Edge.between(1, 2);
        private final SimulatedHerd herd =
                new SimulatedHerd(Shapes.CHAIN.graph(4, 1), Set.of(middle), Conditions.measured(1));

        @Test
        void partsThemUntilItIsUpAndStoresAreCompared() {
            herd.report(0, "west");
            herd.report(3, "east");
            herd.run(5 * SECOND);
            assertThat(herd.agree()).isFalse();
            assertThat(herd.servers()).allSatisfy(server -> assertThat(server.store().size()).isEqualTo(1));
            assertThat(herd.sum(SimulatedLink::live)).isEqualTo(2);
            herd.up(middle);
            assertThat(herd.runUntilAgreed(SECOND)).isTrue();
            assertThat(herd.servers()).allSatisfy(server -> assertThat(server.store().size()).isEqualTo(2));
            assertThat(herd.sum(SimulatedLink::resent)).as("what a comparison has found").isEqualTo(2);
        }

        @Test
        void keepsWhatItsQueueTookWhileItWasDown() {
            herd.up(middle);
            herd.run(3 * SECOND);
            herd.down(middle);
            for (int i = 0; i < 50; i++) {
                herd.report(0, "client" + i);
            }
            herd.run(SECOND);
            herd.up(middle);
            assertThat(herd.runUntilAgreed(SECOND)).isTrue();
            assertThat(herd.sum(SimulatedLink::resent)).as("what a comparison has found").isZero();
            assertThat(herd.servers().getLast().store().size()).isEqualTo(50);
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void losesNothingHoweverOftenItGoesWhileClientsReport(long seed) {
            Random random = new Random(seed);
            Graph graph = Shapes.CUBIC.graph(12, seed);
            SimulatedHerd herd = new SimulatedHerd(graph, Conditions.measured(seed));
            List<Edge> up = new ArrayList<>(graph.edges());
            List<Edge> down = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                herd.report(random.nextInt(12), "client" + random.nextInt(100));
                herd.run(random.nextInt(2_000_000));
                if (random.nextInt(20) == 0 && !up.isEmpty()) {
                    down.add(up.remove(random.nextInt(up.size())));
                    herd.down(down.getLast());
                }
                if (random.nextInt(25) == 0 && !down.isEmpty()) {
                    up.add(down.remove(random.nextInt(down.size())));
                    herd.up(up.getLast());
                }
            }
            down.forEach(herd::up);
            assertThat(herd.runUntilAgreed(LIMIT)).as("seed %d", seed).isTrue();
            assertThat(herd.servers().getFirst().store().size()).isEqualTo(100);
        }
    }

    @Nested
    class UnderLoad {
        /** Of a hundred clients on a chain of three servers. */
        private Load load(double perSecond, double seconds) {
            SimulatedHerd herd = new SimulatedHerd(Shapes.CHAIN.graph(3, 1), Conditions.measured(1));
            Load load = Load.on(herd, 100, perSecond, seconds, 1);
            assertThat(load.agreed()).isTrue();
            return load;
        }

        @Test
        void passesOnEveryReportWhereClientsReportSeldom() {
            Load load = load(1, 2);
            assertThat(load.reports()).isEqualTo(200);
            assertThat(load.copies()).isEqualTo(2 * load.reports());
        }

        @Test
        void passesOnTheNewestAloneWhereClientsReportSeveralTimesWhileALinkRests() {
            Load load = load(2000, 0.5);
            assertThat(load.copies()).isLessThan(load.reports());
        }

        @Test
        void endsWithTheNewestEverywhere() {
            SimulatedHerd herd = new SimulatedHerd(Shapes.RING.graph(4, 1), Conditions.measured(3));
            List<Location> reports = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                reports.add(herd.report(i % 4, "kiwi"));
                herd.run(10_000);
            }
            assertThat(herd.runUntilAgreed(SECOND)).isTrue();
            assertThat(herd.servers()).allSatisfy(server -> assertThat(server.store().find("kiwi"))
                    .hasToString(reports.getLast().toString()));
        }
    }
}
