package dev.proxyherd.protocol;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a stored location costs: the hash of its line, and that of its client's ID. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SipHashBenchmark {
    private final SipHash hash = new SipHash("sixteen key bytes".getBytes(StandardCharsets.US_ASCII));
    private final byte[] line = "AT Alford +0.563873386 kiwi.cs.ucla +34.068930-118.445127 1400794645.392014450\n"
            .getBytes(StandardCharsets.US_ASCII);
    private final String client = "kiwi.cs.ucla";

    @Benchmark
    public long ofALine() {
        return hash.of(line);
    }

    @Benchmark
    public long ofAnId() {
        return hash.of(client);
    }
}
