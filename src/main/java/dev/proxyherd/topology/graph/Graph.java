package dev.proxyherd.topology.graph;

import dev.proxyherd.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Servers as numbers from 0 and the links between them. Immutable. */
public final class Graph {
    private final List<Edge> edges;
    private final int[][] neighbours;

    /**
     * A link; it goes both ways.
     *
     * @param one the end with the smaller number
     */
    public record Edge(int one, int other) {
        /** Whichever end is named first. */
        public static Edge between(int one, int other) {
            if (one == other) {
                throw new IllegalArgumentException(one + " is linked to itself");
            }
            return new Edge(Math.min(one, other), Math.max(one, other));
        }
    }

    private Graph(List<Edge> edges, int[][] neighbours) {
        this.edges = edges;
        this.neighbours = neighbours;
    }

    /**
     * @param size how many servers, 0 or more
     * @param edges links between them; one that is there twice counts once
     */
    public static Graph of(int size, Collection<Edge> edges) {
        Set<Edge> once = new LinkedHashSet<>(edges);
        int[] degrees = new int[size];
        for (Edge edge : once) {
            degrees[edge.one]++;
            degrees[edge.other]++;
        }
        int[][] neighbours = new int[size][];
        Arrays.setAll(neighbours, server -> new int[degrees[server]]);
        for (Edge edge : once) {
            neighbours[edge.one][--degrees[edge.one]] = edge.other;
            neighbours[edge.other][--degrees[edge.other]] = edge.one;
        }
        for (int[] ofOne : neighbours) {
            Arrays.sort(ofOne);
        }
        return new Graph(List.copyOf(once), neighbours);
    }

    /** The servers are numbered in the order of the file. */
    public static Graph of(Topology topology) {
        Map<String, Integer> numbers = new HashMap<>();
        topology.servers().keySet().forEach(name -> numbers.put(name, numbers.size()));
        List<Edge> edges = new ArrayList<>();
        for (Map.Entry<String, Set<String>> server : topology.neighbours().entrySet()) {
            int one = number(numbers, server.getKey());
            server.getValue().forEach(other -> edges.add(Edge.between(one, number(numbers, other))));
        }
        return of(numbers.size(), edges);
    }

    private static int number(Map<String, Integer> numbers, String name) {
        return Objects.requireNonNull(numbers.get(name), name);
    }

    public int size() {
        return neighbours.length;
    }

    /** Every link once. */
    public List<Edge> edges() {
        return edges;
    }

    public int degree(int server) {
        return neighbours[server].length;
    }

    /** In ascending order. The array is the graph's own: it is for reading only. */
    public int[] neighbours(int server) {
        return neighbours[server];
    }

    public boolean areLinked(int one, int other) {
        return Arrays.binarySearch(neighbours[one], other) >= 0;
    }

    /** Whether there is a link between any two. */
    public boolean isComplete() {
        return edges.size() == (long) size() * (size() - 1) / 2;
    }
}
