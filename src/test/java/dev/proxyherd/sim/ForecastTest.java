package dev.proxyherd.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.proxyherd.topology.graph.FloodLoad;
import dev.proxyherd.topology.graph.Forecast;
import dev.proxyherd.topology.graph.Graph;
import dev.proxyherd.topology.graph.LinkFigures;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds what {@code herd topology check} foretells against herds that are simulated. */
class ForecastTest {
    private static final long LIMIT = 60_000_000_000L;
    private static final LinkFigures FIGURES = LinkFigures.measured();

    private static long slowest(Graph graph, Conditions conditions) {
        long slowest = 0;
        for (int origin = 0; origin < graph.size(); origin++) {
            slowest = Math.max(slowest,
                    new SimulatedHerd(graph, conditions).flood(origin, graph.size(), LIMIT).nanos());
        }
        return slowest;
    }

    @ParameterizedTest
    @EnumSource(Shapes.class)
    void foretellsTheTimeToAll(Shapes shape) {
        Graph graph = shape.graph(16, 1);
        long foretold = Forecast.of(graph, 1000, FIGURES).nanosToAll();
        Conditions still = Conditions.measured(1).withoutJitter();
        assertThat(slowest(graph, still)).isCloseTo(foretold, Percentage.withPercentage(5));
        assertThat(slowest(graph, Conditions.measured(1))).isCloseTo(foretold, Percentage.withPercentage(40));
    }

    /** One update from each server, and again with other delays: which of two ways is the faster one is left to chance. */
    @ParameterizedTest
    @EnumSource(Shapes.class)
    void foretellsTheCopiesOfEachServer(Shapes shape) {
        int servers = 12;
        int rounds = 8;
        Graph graph = shape.graph(servers, 1);
        FloodLoad foretold = FloodLoad.of(graph);
        assertThat(Arrays.stream(foretold.sent()).sum()).isCloseTo(2 * graph.edges().size() - servers + 1,
                within(1e-9));
        assertThat(Arrays.stream(foretold.heard()).sum()).isCloseTo(2 * graph.edges().size() - servers + 1,
                within(1e-9));
        double[] heard = new double[servers];
        double[] sent = new double[servers];
        for (int round = 0; round < rounds; round++) {
            for (int origin = 0; origin < servers; origin++) {
                SimulatedHerd herd = new SimulatedHerd(graph, Conditions.measured(round * servers + origin));
                herd.flood(origin, servers, LIMIT);
                for (int server = 0; server < servers; server++) {
                    heard[server] += (double) herd.heard()[server] / (rounds * servers);
                    sent[server] += (double) herd.sent()[server] / (rounds * servers);
                }
            }
        }
        assertThat(sent).containsExactly(foretold.sent(), within(1e-9));
        assertThat(heard).containsExactly(foretold.heard(), within(0.25));
    }

    @ParameterizedTest
    @CsvSource({"RING, 100", "RING, 10000", "STARS, 100", "STARS, 10000", "FULL, 10000", "CUBIC, 20000"})
    void foretellsHowBusyTheBusiestServerIs(Shapes shape, int updatesPerSecond) {
        int servers = 10;
        Graph graph = shape.graph(servers, 1);
        SimulatedHerd herd = new SimulatedHerd(graph, Conditions.measured(1));
        Load load = Load.on(herd, updatesPerSecond, 1, 1, 1);
        // Whoever hears a report itself hears it as it does an update, and heartbeats come each second.
        double own = (double) updatesPerSecond / servers * FIGURES.heard() / 1e9;
        assertThat(load.busiest() - own)
                .isCloseTo(Forecast.of(graph, updatesPerSecond, FIGURES).busy(), Percentage.withPercentage(35));
    }

    @Test
    void foretellsWhatTheLossOfALinkDoes() {
        Graph ring = Shapes.RING.graph(9, 1);
        assertThat(Forecast.of(ring, 1, FIGURES).loss().mostHops()).isEqualTo(8);
        assertThat(Forecast.of(ring, 1, FIGURES).loss().parted()).isZero();
        assertThat(Forecast.of(Shapes.CHAIN.graph(9, 1), 1, FIGURES).loss().parted()).isEqualTo(4);
        assertThat(Forecast.of(Shapes.CHAIN.graph(1, 1), 1, FIGURES).loss()).isNull();
    }

    @Test
    void foretellsHowManyUpdatesFillAProcessor() {
        Graph graph = Shapes.STARS.graph(100, 1);
        Forecast forecast = Forecast.of(graph, 1, FIGURES);
        double most = forecast.mostUpdatesPerSecond();
        assertThat(Forecast.of(graph, most * 0.99, FIGURES).busy()).isLessThan(1);
        assertThat(Forecast.of(graph, most * 1.01, FIGURES).busy()).isGreaterThan(1);
    }
}
