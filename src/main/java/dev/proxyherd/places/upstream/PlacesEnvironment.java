package dev.proxyherd.places.upstream;

import java.time.InstantSource;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the providers need of the world besides their upstream; all four are called by many threads at once.
 *
 * @param wall the time of day, for dates that an upstream names
 * @param nanos a clock for intervals, in nanoseconds, that no one sets, such as {@code System::nanoTime}
 * @param random for jitter
 * @param warnings takes what the user should know, a line each, without secrets
 */
public record PlacesEnvironment(InstantSource wall, LongSupplier nanos, RandomGenerator random,
        Consumer<String> warnings) {

    /** The system's clocks and a randomness of its own. */
    public static PlacesEnvironment system(Consumer<String> warnings) {
        return new PlacesEnvironment(InstantSource.system(), System::nanoTime, new Random(), warnings);
    }

    public Deadline deadline(PlacesLimits limits) {
        return new Deadline(nanos, nanos.getAsLong() + limits.deadline().toNanos());
    }
}
