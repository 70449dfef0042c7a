package dev.proxyherd.topology.graph;

import static dev.proxyherd.topology.graph.SomeGraphs.graph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurvivalTest {
    @Nested
    class TheSmallestSetThatParts {
        /** With more links than these, trying each set takes too long. */
        private Graph small(Random random) {
            int size = 2 + random.nextInt(8);
            return SomeGraphs.random(random, size, size <= 6 ? 15 : 16);
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
        void isTheOneThatTryingEachFinds(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < 60; i++) {
                Graph graph = small(random);
                int expected = SomeGraphs.smallestParting(graph, graph.size());
                String what = "seed " + seed + ", " + graph.size() + " servers, " + graph.edges();
                Losses found = Survival.parting(graph, graph.size());
                assertThat(found).as(what).isNotNull();
                assertThat(found.size()).as(what).isEqualTo(expected);
                assertThat(SomeGraphs.groups(graph, found)).as("%s without %s", what, found).isGreaterThan(1);
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {11, 12, 13, 14})
        void isFoundUpToTheBoundOnly(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < 60; i++) {
                Graph graph = small(random);
                int size = Survival.parting(graph, graph.size()).size();
                for (int most = 0; most < graph.size(); most++) {
                    Losses found = Survival.parting(graph, most);
                    String what = "seed " + seed + ", " + most + " of " + graph.edges();
                    if (most < size) {
                        assertThat(found).as(what).isNull();
                    } else {
                        assertThat(found).as(what).isNotNull();
                        assertThat(found.size()).as(what).isEqualTo(size);
                    }
                }
            }
        }

        @Test
        void isNoneOfASingleServer() {
            assertThat(Survival.parting(graph(1), 16)).isNull();
        }

        @Test
        void isEmptyWhereTheyAreParted() {
            assertThat(Survival.parting(graph(2), 0)).isEqualTo(new Losses(List.of(), List.of()));
            assertThat(Survival.parting(graph(6, "01", "12", "20", "34", "45", "53"), 0))
                    .isEqualTo(new Losses(List.of(), List.of()));
        }

        @Test
        void isOfLinksWhereAllAreLinkedToAll() {
            assertThat(Survival.parting(graph(2, "01"), 1))
                    .isEqualTo(new Losses(List.of(), List.of(Edge.between(0, 1))));
            assertThat(Survival.parting(SomeGraphs.complete(5), 16).links()).hasSize(4);
            assertThat(Survival.parting(SomeGraphs.complete(5), 3)).isNull();
        }

        @Test
        void isWhoeverTwoGroupsShareThoughEachHasManyLinks() {
            assertThat(
                    Survival.parting(graph(7, "01", "02", "03", "12", "13", "23", "34", "35", "36", "45", "46", "56"),
                            16))
                    .isEqualTo(new Losses(List.of(3), List.of()));
        }
    }

    @Nested
    class WhatOneLossParts {
        @ParameterizedTest
        @ValueSource(longs = {21, 22, 23, 24})
        void isWhatTakingEachAwayFinds(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < 200; i++) {
                int size = 1 + random.nextInt(9);
                Graph graph = SomeGraphs.random(random, size, 12);
                int groups = SomeGraphs.groups(graph, new Losses(List.of(), List.of()));
                CutPoints cuts = CutPoints.of(graph);
                String what = "seed " + seed + ", " + size + " servers, " + graph.edges();
                for (int server = 0; server < size; server++) {
                    assertThat(cuts.servers().contains(server)).as("%s without %d", what, server).isEqualTo(
                            SomeGraphs.groups(graph, new Losses(List.of(server), List.of())) > groups);
                }
                for (Edge link : graph.edges()) {
                    assertThat(cuts.links().contains(link)).as("%s without %s", what, link).isEqualTo(
                            SomeGraphs.groups(graph, new Losses(List.of(), List.of(link))) > groups);
                }
            }
        }

        @Test
        void isAllBetweenTheEndsOfAChainHoweverLong() {
            List<Edge> chain = IntStream.range(1, 100_000)
                    .mapToObj(server -> Edge.between(server - 1, server)).toList();
            CutPoints cuts = CutPoints.of(Graph.of(100_000, chain));
            assertThat(cuts.servers()).hasSize(99_998).first().isEqualTo(1);
            assertThat(cuts.links()).isEqualTo(chain);
        }
    }
}
