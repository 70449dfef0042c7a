package dev.proxyherd.topology.graph;

import dev.proxyherd.topology.Topology;
import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a topology's servers and links promise.
 *
 * @param names the servers' by their numbers in the graph
 * @param island the servers that no way joins to the first one
 * @param cost what an update costs; null where it does not reach all
 * @param cuts whose loss alone parts those that it joins
 * @param parting a smallest set of losses that parts the herd; null where any {@link Survival#MOST_LOSSES} are survived
 */
public record Shape(List<String> names, Graph graph, Set<String> island, @Nullable FloodCost cost, CutPoints cuts,
        @Nullable Losses parting) {

    public Shape {
        names = List.copyOf(names);
    }

    public static Shape of(Topology topology) {
        Graph graph = Graph.of(topology);
        Hops hops = Hops.of(graph);
        return new Shape(List.copyOf(topology.servers().keySet()), graph, topology.island(),
                hops.isConnected() ? FloodCost.of(graph, hops) : null, CutPoints.of(graph),
                Survival.parting(graph, Survival.MOST_LOSSES));
    }

    /** Any so many losses do not part it; no more than {@link Survival#MOST_LOSSES} are looked at. */
    public int survivedLosses() {
        return parting == null ? Survival.MOST_LOSSES : Math.max(0, parting.size() - 1);
    }

    public boolean survives(int losses) {
        return parting == null || parting.size() > losses;
    }

    public List<String> names(List<Integer> servers) {
        return servers.stream().map(names::get).toList();
    }

    /** Both ends of a link. */
    public List<String> ends(Edge link) {
        return List.of(names.get(link.one()), names.get(link.other()));
    }
}
