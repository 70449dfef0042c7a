package dev.proxyherd.topology.graph;

/**
 * What links take of time and of a processor, in nanoseconds.
 *
 * @param delay from a server that has just learned an update, and has nothing else to do, to a neighbour that has learned it
 * @param wake of a processor, at either end, for a burst of updates besides what each takes: an update that comes alone
 *     is a burst
 * @param sent of a processor, for each update that is sent
 * @param heard of a processor, for each update that is heard
 */
public record LinkFigures(long delay, long wake, long sent, long heard) {
    /** As measured on one machine, see src/doc/measuring.md. */
    public static LinkFigures measured() {
        return new LinkFigures(300_000, 10_000, 1_640, 1_870);
    }

    /** The same with another delay, in nanoseconds. */
    public LinkFigures withDelay(long nanos) {
        return new LinkFigures(nanos, wake, sent, heard);
    }
}
