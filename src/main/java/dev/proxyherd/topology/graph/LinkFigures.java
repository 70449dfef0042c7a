package dev.proxyherd.topology.graph;

/**
 * What links take of time and of a processor, in nanoseconds.
 *
 * @param delay from when a server has written an update until its neighbour begins to hear it
 * @param wake of a processor, at either end, for a burst of updates besides what each takes: one that comes alone is a burst
 * @param sent of a processor, for each update that is sent
 * @param heard of a processor, for each update that is heard
 */
public record LinkFigures(long delay, long wake, long sent, long heard) {
    static final double NANOS_PER_SECOND = 1e9;

    /** From so many updates a second on bursts grow until a link rests as long as it may. */
    static final double MANY_UPDATES = 50_000;

    /** So many bursts a second fit a link that rests the least after each. */
    private static final double MOST_BURSTS = 500;

    /** So many fit one that rests the most. */
    private static final double FEWEST_BURSTS = 10;

    /** As measured on one machine, see src/doc/scaling.md. */
    public static LinkFigures measured() {
        return new LinkFigures(276_000, 10_000, 1_640, 1_870);
    }

    /** The same with another delay. */
    public LinkFigures withDelay(long nanos) {
        return new LinkFigures(nanos, wake, sent, heard);
    }

    /** How long sending so many updates by one link keeps a processor busy, in seconds each second. */
    double busySending(double updatesPerSecond) {
        return (updatesPerSecond * sent + bursts(updatesPerSecond) * wake) / NANOS_PER_SECOND;
    }

    /** Likewise for hearing them. */
    double busyHearing(double updatesPerSecond) {
        return (updatesPerSecond * heard + bursts(updatesPerSecond) * wake) / NANOS_PER_SECOND;
    }

    private static double bursts(double updatesPerSecond) {
        return updatesPerSecond >= MANY_UPDATES ? FEWEST_BURSTS : Math.min(updatesPerSecond, MOST_BURSTS);
    }
}
