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

    /** So many bursts a second fit a link that rests the least after each; it rests longer when there are more updates. */
    private static final double MOST_BURSTS = 500;

    /** As measured on one machine, see src/doc/scaling.md. */
    public static LinkFigures measured() {
        return new LinkFigures(276_000, 10_000, 1_640, 1_870);
    }

    /** The same over a network that takes so many nanoseconds one way. */
    public LinkFigures over(long networkNanos) {
        return new LinkFigures(delay + networkNanos, wake, sent, heard);
    }

    /**
     * How long so many copies by some links keep a processor busy at one end, in seconds each second.
     *
     * @param nanosForEach what each takes besides its burst
     */
    double busy(int links, double copiesPerSecond, long nanosForEach) {
        double bursts = Math.min(copiesPerSecond, links * MOST_BURSTS);
        return (copiesPerSecond * nanosForEach + bursts * wake) / NANOS_PER_SECOND;
    }
}
