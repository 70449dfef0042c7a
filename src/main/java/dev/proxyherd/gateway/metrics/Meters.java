package dev.proxyherd.gateway.metrics;

/**
 * What a server with a gateway measures.
 *
 * @param commands commands by name and outcome: ok, unknown client, invalid, ...
 * @param places lookups by status word, all of one kind
 * @param flood how long after a client's report its update came in from a neighbour, by the two servers' clocks
 */
public record Meters(Timings commands, Timings places, Timings flood) {

    /** Nothing measured yet. */
    public static Meters create() {
        return new Meters(new Timings(), new Timings(), new Timings());
    }

    /** A places lookup has ended with this status word. */
    public void lookedUp(String status, long nanos) {
        places.of("places", status).record(nanos);
    }
}
