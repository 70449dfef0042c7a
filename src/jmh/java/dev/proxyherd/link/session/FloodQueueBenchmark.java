package dev.proxyherd.link.session;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.SampleLocations;
import dev.proxyherd.store.KeepBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Locations queued for a neighbour and drained again; the figures are for one location. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FloodQueueBenchmark {
    private static final int CLIENTS = 1000;

    private final FloodQueue queue = new FloodQueue(new KeepBudget(() -> Integer.MAX_VALUE));
    private final List<Location> drained = new ArrayList<>(CLIENTS);
    private long sent;
    private Location[] older;
    private Location[] newer;

    @Setup
    public void makeLocations() {
        queue.begin(queue, "0".repeat(48));
        older = SampleLocations.of(CLIENTS, 1_400_000_000);
        newer = SampleLocations.of(CLIENTS, 1_400_000_001);
    }

    @Benchmark
    @OperationsPerInvocation(CLIENTS)
    public List<Location> offerAndDrain() {
        return drain(older);
    }

    /** A neighbour that reads slowly: each client's second location takes the place of its first. */
    @Benchmark
    @OperationsPerInvocation(2 * CLIENTS)
    public List<Location> conflateAndDrain() {
        for (Location location : older) {
            queue.offer(location.client(), location);
        }
        return drain(newer);
    }

    private List<Location> drain(Location[] locations) {
        for (Location location : locations) {
            queue.offer(location.client(), location);
        }
        drained.clear();
        queue.drain(drained, CLIENTS);
        sent += CLIENTS;
        queue.acknowledge(queue, sent);
        return drained;
    }
}
