package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.SampleLocations;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Locations merged into a store that knows their clients; the figures are for one location. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MergeBenchmark {
    private static final int CLIENTS = 10_000;

    private Location[] older;
    private Location[] newer;
    private LocationStore store;

    @Setup
    public void makeLocations() {
        older = SampleLocations.of(CLIENTS, 1_400_000_000);
        newer = SampleLocations.of(CLIENTS, 1_400_000_001);
    }

    /** An invocation takes near a millisecond, so that this is no part of it. */
    @Setup(Level.Invocation)
    public void fillStore() {
        store = new LocationStore();
        for (Location location : older) {
            store.merge(location);
        }
    }

    @Benchmark
    @OperationsPerInvocation(CLIENTS)
    public LocationStore newerWins() {
        for (Location location : newer) {
            store.merge(location);
        }
        return store;
    }

    @Benchmark
    @OperationsPerInvocation(CLIENTS)
    public LocationStore knownLoses() {
        for (Location location : older) {
            store.merge(location);
        }
        return store;
    }
}
