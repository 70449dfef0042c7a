package dev.proxyherd.topology.graph;

import static dev.proxyherd.topology.graph.SomeGraphs.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloodCostTest {
    private record Copy(int from, int to) {
    }

    private static FloodCost cost(Graph graph) {
        return FloodCost.of(graph, Hops.of(graph));
    }

    /** Floods one update, whichever copy arrives next: who learns it passes it on to all but the one that sent it. */
    private static int flood(Graph graph, Random random) {
        BitSet knows = new BitSet();
        List<Copy> underWay = new ArrayList<>();
        int copies = 0;
        int first = random.nextInt(graph.size());
        underWay.add(new Copy(-1, first));
        while (!underWay.isEmpty()) {
            Copy copy = underWay.remove(random.nextInt(underWay.size()));
            if (!knows.get(copy.to)) {
                knows.set(copy.to);
                for (int next : graph.neighbours(copy.to)) {
                    if (next != copy.from) {
                        underWay.add(new Copy(copy.to, next));
                        copies++;
                    }
                }
            }
        }
        assertThat(knows.cardinality()).isEqualTo(graph.size());
        return copies;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isTheCopiesThatAFloodSendsWhateverTheDelays(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Graph graph = SomeGraphs.connected(random, 1 + random.nextInt(30), 60);
            assertThat(flood(graph, random)).as("seed %d, %d servers, %s", seed, graph.size(), graph.edges())
                    .isEqualTo(cost(graph).copies());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8})
    void isTheHopsThatLongerAndLongerWaysFind(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            Graph graph = SomeGraphs.connected(random, 1 + random.nextInt(12), 12);
            int[][] hops = allHops(graph);
            int most = Arrays.stream(hops).flatMapToInt(Arrays::stream).max().orElseThrow();
            long total = Arrays.stream(hops).flatMapToInt(Arrays::stream).sum();
            assertThat(Hops.of(graph)).as("seed %d, %d servers, %s", seed, graph.size(), graph.edges())
                    .isEqualTo(new Hops(most, total, 0));
        }
    }

    /** By R. Floyd's algorithm. */
    private static int[][] allHops(Graph graph) {
        int size = graph.size();
        int[][] hops = new int[size][size];
        for (int[] row : hops) {
            Arrays.fill(row, size);
        }
        for (Edge edge : graph.edges()) {
            hops[edge.one()][edge.other()] = 1;
            hops[edge.other()][edge.one()] = 1;
        }
        for (int by = 0; by < size; by++) {
            hops[by][by] = 0;
        }
        for (int by = 0; by < size; by++) {
            for (int from = 0; from < size; from++) {
                for (int to = 0; to < size; to++) {
                    hops[from][to] = Math.min(hops[from][to], hops[from][by] + hops[by][to]);
                }
            }
        }
        return hops;
    }

    @Test
    void isNothingForASingleServer() {
        assertThat(cost(graph(1))).isEqualTo(new FloodCost(0, 0, 0, 0, 0));
    }

    @Test
    void countsTheLinksOfServers() {
        assertThat(cost(graph(4, "01", "02", "03", "12"))).isEqualTo(new FloodCost(5, 2, 16 / 12.0, 3, 2));
    }

    @Test
    void isNoneWhereAnUpdateDoesNotReachAll() {
        assertThatThrownBy(() -> cost(graph(3, "01"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Hops.of(graph(3, "01"))).isEqualTo(new Hops(1, 2, 4));
    }
}
