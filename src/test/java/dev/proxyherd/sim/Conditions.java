package dev.proxyherd.sim;

import dev.proxyherd.topology.graph.LinkFigures;

/**
 * Under what conditions a simulated herd runs.
 *
 * @param links what each link takes
 * @param jitter by how much of itself a delay differs at the most, 0 to 1, evenly spread
 * @param bytesPerSecond what each link carries, one way
 * @param seed of all that is left to chance
 */
record Conditions(LinkFigures links, double jitter, double bytesPerSecond, long seed) {
    private static final double GIGABIT = 125e6;

    /** Links of a gigabit a second whose delays differ by half. */
    static Conditions measured(long seed) {
        return new Conditions(LinkFigures.measured(), 0.5, GIGABIT, seed);
    }

    Conditions withoutJitter() {
        return new Conditions(links, 0, bytesPerSecond, seed);
    }

    Conditions withBytesPerSecond(double bytes) {
        return new Conditions(links, jitter, bytes, seed);
    }
}
