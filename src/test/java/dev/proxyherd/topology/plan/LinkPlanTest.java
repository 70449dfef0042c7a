package dev.proxyherd.topology.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxyherd.topology.graph.Graph;
import dev.proxyherd.topology.graph.Hops;
import dev.proxyherd.topology.graph.SomeGraphs;
import dev.proxyherd.topology.graph.Survival;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkPlanTest {
    private static int diameter(Graph graph) {
        return Hops.of(graph).most();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 21})
    void survivesAsManyLossesAsAskedForWithTheFewestLinks(int servers) {
        for (int losses = 0; losses <= LinkPlan.mostLosses(servers); losses++) {
            Graph graph = LinkPlan.propose(servers, losses);
            assertThat(Hops.of(graph).isConnected()).isTrue();
            assertThat(Survival.parting(graph, losses)).as("%d of %d: %s", losses, servers, graph.edges()).isNull();
            int least = losses == 0 || servers == 1 ? servers - 1 : ((losses + 1) * servers + 1) / 2;
            assertThat(graph.edges()).hasSize(least);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9})
    void survivesWhateverSetIsTakenAway(int servers) {
        for (int losses = 1; losses <= Math.min(2, LinkPlan.mostLosses(servers)); losses++) {
            assertThat(SomeGraphs.smallestParting(LinkPlan.propose(servers, losses), losses + 1))
                    .isEqualTo(losses + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 8, 9, 14, 15})
    void startsFromAGraphThatSurvivesAsMuch(int servers) {
        for (int degree = 2; degree < servers; degree++) {
            Graph graph = HararyGraph.of(servers, degree);
            assertThat(graph.edges()).hasSize((servers * degree + 1) / 2);
            assertThat(Survival.parting(graph, degree - 1)).as("%d of %d", degree, servers).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"6, 2, 2", "8, 2, 2", "10, 2, 2", "12, 2, 3", "13, 3, 2", "50, 2, 5", "100, 3, 5"})
    void hasShorterWaysThanARingWithChords(int servers, int losses, int hops) {
        Graph graph = LinkPlan.propose(servers, losses);
        assertThat(diameter(graph)).isEqualTo(hops)
                .isLessThanOrEqualTo(diameter(HararyGraph.of(servers, losses + 1)));
        assertThat(Survival.parting(graph, losses)).isNull();
    }

    @Test
    void isTheSameEachTime() {
        assertThat(LinkPlan.propose(30, 3).edges()).isEqualTo(LinkPlan.propose(30, 3).edges());
    }

    @Test
    void isRefusedWhereNoLinksCouldDoIt() {
        assertThat(LinkPlan.mostLosses(2)).isZero();
        assertThat(LinkPlan.mostLosses(5)).isEqualTo(3);
        assertThatThrownBy(() -> LinkPlan.propose(5, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LinkPlan.propose(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
