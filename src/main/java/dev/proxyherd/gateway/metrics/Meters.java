package dev.proxyherd.gateway.metrics;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * What a server with a gateway measures, in histograms of the Prometheus client. Any thread measures; that costs some
 * hundred nanoseconds at most, waits for nobody, and is lost to nobody: the histograms are made with this, and a page
 * shows them whenever it is asked for.
 */
public final class Meters {
    private static final double SHORTEST_SECONDS = 1e-6;
    private static final int BUCKETS = 25;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Histogram commands = histogram("herd_command_duration_seconds",
            "Commands of clients by name and outcome, and how long answering took.", "command", "outcome");
    private final Histogram lookups = histogram("herd_places_lookup_duration_seconds",
            "Places lookups by outcome, and how long they took.", "outcome");
    private final Histogram flood = histogram("herd_flood_delay_seconds",
            "Time between a client's report, where it was heard, and its arrival here over a link.", "neighbour",
            "outcome");

    /** Buckets of powers of two, 1 µs to 17 s. */
    private static Histogram histogram(String name, String help, String... labels) {
        return Histogram.builder().name(name).help(help).labelNames(labels).withoutExemplars().classicOnly()
                .classicExponentialUpperBounds(SHORTEST_SECONDS, 2, BUCKETS).build();
    }

    /**
     * A command was handled.
     *
     * @param name such as IAMAT
     * @param outcome such as ok
     */
    public void handled(String name, String outcome, long nanos) {
        observe(commands, nanos, name, outcome);
    }

    /** A places lookup has ended with this status word. */
    public void lookedUp(String status, long nanos) {
        observe(lookups, nanos, status);
    }

    /** An update came in from a neighbour, so long after the client's report, by the two servers' clocks. */
    public void flooded(String neighbour, long nanos) {
        observe(flood, nanos, neighbour, "accepted");
    }

    /** Clocks may differ: what seems to take less than nothing counts as nothing. */
    private static void observe(Histogram histogram, long nanos, String... labels) {
        histogram.labelValues(labels).observe(Math.max(0, nanos) / NANOS_PER_SECOND);
    }

    void register(PrometheusRegistry registry) {
        registry.register(commands);
        registry.register(lookups);
        registry.register(flood);
    }
}
