package dev.proxyherd.sim;

import dev.proxyherd.sim.SimulatedHerd.Flood;
import dev.proxyherd.topology.graph.Forecast;
import dev.proxyherd.topology.graph.Graph;
import dev.proxyherd.topology.graph.Graph.Edge;
import dev.proxyherd.topology.graph.LinkFigures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Prints the tables of {@code src/doc/scaling.md}: what an update costs herds of 5 to 10,000 servers, and what conflation saves.
 * {@code src/test/bench/growth} runs it.
 */
final class Growth {
    static final int[] SIZES = {5, 30, 100, 300, 1000, 3000, 10_000};

    /** Of which it is told what {@code herd topology check} foretells. */
    static final int[] FORETOLD = {5, 30, 100, 1000, 10_000};

    /** More servers than these, all linked to all, take more memory than the machine has for the ends of their links. */
    static final int MOST_FULL = 300;

    private static final long SEED = 1;
    private static final long LIMIT_NANOS = 600_000_000_000L;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;

    /** Servers of the herd on which conflation is shown, clients of it, and for how many seconds they report. */
    private static final int CHAIN = 5;
    private static final int CLIENTS = 1000;
    private static final double SECONDS = 5;
    static final double[] RATES = {1, 3, 10, 30, 100, 300};

    /** Of a link, bytes a second. */
    static final double[] CAPACITIES = {125e6, 1.25e6};

    private Growth() {
    }

    public static void main(String[] args) {
        PrintStream out = System.out;
        out.println("""
                | links as | servers | links | copies | bytes | hops | at all after | with 1 link in 100 down: reached | copies | after | agree after |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |""");
        for (Shapes shape : Shapes.values()) {
            for (int servers : SIZES) {
                if (shape != Shapes.FULL || servers <= MOST_FULL) {
                    out.println(flooded(shape, servers));
                }
            }
        }
        out.println("""

                | a link carries, updates/s | each client reports, a second | reports/s | of their copies sent | median lag | most | busiest processor |
                | --- | --- | --- | --- | --- | --- | --- |""");
        for (double capacity : CAPACITIES) {
            for (double rate : RATES) {
                out.println(loaded(capacity, rate));
            }
        }
        out.println("""

                | links as | servers | at all after | the busiest server sends | hears | a processor for each update | updates/s that fill it | Kafka |
                | --- | --- | --- | --- | --- | --- | --- | --- |""");
        for (Shapes shape : Shapes.values()) {
            for (int servers : FORETOLD) {
                if (shape != Shapes.FULL || servers <= MOST_FULL) {
                    out.println(foretold(shape, servers));
                }
            }
        }
    }

    /** The row of what {@code herd topology check} foretells of a herd. */
    static String foretold(Shapes shape, int servers) {
        Forecast forecast = Forecast.of(shape.graph(servers, SEED), 1, LinkFigures.measured());
        return String.format(Locale.ROOT, "| %s | %,d | %s | %.1f | %.1f | %.1f µs | %,.0f | %s |", shape, servers,
                millis(forecast.nanosToAll()), forecast.sent(), forecast.heard(),
                (forecast.sent() * LinkFigures.measured().sent() + forecast.heard() * LinkFigures.measured().heard())
                        / NANOS_PER_MICRO,
                forecast.mostUpdatesPerSecond(),
                forecast.isKafkaSooner() ? "sooner" : forecast.kafkaTakesLess() ? "takes less" : "");
    }

    /** The row of a herd that is flooded with one update, from one of its ends. */
    static String flooded(Shapes shape, int servers) {
        Graph graph = shape.graph(servers, SEED);
        int origin = SimulatedHerd.end(graph);
        Flood whole = new SimulatedHerd(graph, Conditions.measured(SEED)).flood(origin, servers, LIMIT_NANOS);
        Set<Edge> down = down(graph);
        int joined = SimulatedHerd.joined(graph, origin, down);
        SimulatedHerd herd = new SimulatedHerd(graph, down, Conditions.measured(SEED));
        Flood cut = herd.flood(origin, joined, LIMIT_NANOS);
        return String.format(Locale.ROOT, "| %s | %,d | %,d | %,d | %,d | %,d | %s | %,d | %,d | %s | %s |", shape,
                servers,
                graph.edges().size(), whole.copies(), whole.bytes(), whole.hops(), millis(whole.nanos()), cut.reached(),
                cut.copies(), millis(cut.nanos()), joined == servers ? "–" : millis(mended(herd, down)));
    }

    /** One in a hundred, and one at least. */
    private static Set<Edge> down(Graph graph) {
        List<Edge> edges = new ArrayList<>(graph.edges());
        Collections.shuffle(edges, new Random(SEED));
        return new HashSet<>(edges.subList(0, Math.max(1, edges.size() / 100)));
    }

    /** Opens the links that were down, and says how long it takes until all stores are the same. */
    private static long mended(SimulatedHerd herd, Set<Edge> down) {
        long began = herd.time().now();
        long[] last = {began};
        herd.watch((server, location, from) -> last[0] = herd.time().now());
        down.forEach(herd::up);
        if (!herd.runUntilAgreed(LIMIT_NANOS)) {
            throw new AssertionError("they do not agree");
        }
        return last[0] - began;
    }

    private static String millis(long nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        return String.format(Locale.ROOT, millis < 10 ? "%,.1f ms" : "%,.0f ms", millis);
    }

    /** The row of a chain whose clients report all the time. */
    static String loaded(double bytesPerSecond, double perSecond) {
        Graph graph = Shapes.CHAIN.graph(CHAIN, SEED);
        SimulatedHerd herd = new SimulatedHerd(graph, Conditions.measured(SEED).withBytesPerSecond(bytesPerSecond));
        Load load = Load.on(herd, CLIENTS, perSecond, SECONDS, SEED);
        if (!load.agreed()) {
            throw new AssertionError("they do not agree");
        }
        int lineBytes = herd.report(0, "client-500.example.org").line().length;
        return String.format(Locale.ROOT, "| %,.0f | %.0f | %,.0f | %.0f %% | %s | %s | %.0f %% |",
                bytesPerSecond / lineBytes, perSecond,
                load.reports() / SECONDS, 100.0 * load.copies() / (load.reports() * (CHAIN - 1)),
                millis(load.medianLag()), millis(load.mostLag()), 100 * load.busiest());
    }
}
