package dev.proxyherd.topology.graph;

import dev.proxyherd.topology.graph.Graph.Edge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Graphs to try things on, and what is plain of them by counting. */
public final class SomeGraphs {
    private SomeGraphs() {
    }

    /** Links as pairs of digits: {@code graph(3, "01", "12")}. */
    public static Graph graph(int size, String... links) {
        List<Edge> edges = new ArrayList<>();
        for (String link : links) {
            edges.add(Edge.between(link.charAt(0) - '0', link.charAt(1) - '0'));
        }
        return Graph.of(size, edges);
    }

    public static Graph complete(int size) {
        return Graph.of(size, pairs(size));
    }

    private static List<Edge> pairs(int size) {
        List<Edge> pairs = new ArrayList<>();
        for (int one = 0; one < size; one++) {
            for (int other = one + 1; other < size; other++) {
                pairs.add(Edge.between(one, other));
            }
        }
        return pairs;
    }

    /** @param mostLinks at the most, and fewer where there is no room */
    public static Graph random(Random random, int size, int mostLinks) {
        List<Edge> pairs = pairs(size);
        Collections.shuffle(pairs, random);
        return Graph.of(size, pairs.subList(0, random.nextInt(Math.min(pairs.size(), mostLinks) + 1)));
    }

    /** A tree and, at the most, so many links more. */
    public static Graph connected(Random random, int size, int more) {
        List<Edge> edges = new ArrayList<>(random(random, size, more).edges());
        for (int server = 1; server < size; server++) {
            edges.add(Edge.between(server, random.nextInt(server)));
        }
        return Graph.of(size, edges);
    }

    /** How many groups the servers make that are left without these losses. */
    public static int groups(Graph graph, Losses lost) {
        int[] group = new int[graph.size()];
        for (int server = 0; server < group.length; server++) {
            group[server] = server;
        }
        List<Integer> left = new ArrayList<>();
        for (int server = 0; server < group.length; server++) {
            if (!lost.servers().contains(server)) {
                left.add(server);
            }
        }
        for (Edge edge : graph.edges()) {
            if (left.contains(edge.one()) && left.contains(edge.other()) && !lost.links().contains(edge)) {
                int from = group[edge.one()];
                int to = group[edge.other()];
                for (int server = 0; server < group.length; server++) {
                    group[server] = group[server] == from ? to : group[server];
                }
            }
        }
        return (int) left.stream().map(server -> group[server]).distinct().count();
    }

    /** By trying each: the size of the smallest set of servers and links that parts the others, or none of so many. */
    public static int smallestParting(Graph graph, int none) {
        for (int size = 0; size < none; size++) {
            if (somePart(graph, size, 0, new ArrayList<>(), new ArrayList<>())) {
                return size;
            }
        }
        return none;
    }

    private static boolean somePart(Graph graph, int more, int from, List<Integer> servers, List<Edge> links) {
        if (more == 0) {
            return groups(graph, new Losses(servers, links)) > 1;
        }
        for (int i = from; i < graph.size() + graph.edges().size(); i++) {
            boolean isServer = i < graph.size();
            if (isServer) {
                servers.add(i);
            } else {
                links.add(graph.edges().get(i - graph.size()));
            }
            boolean parts = somePart(graph, more - 1, i + 1, servers, links);
            if (isServer) {
                servers.removeLast();
            } else {
                links.removeLast();
            }
            if (parts) {
                return true;
            }
        }
        return false;
    }
}
