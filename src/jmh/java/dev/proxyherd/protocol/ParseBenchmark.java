package dev.proxyherd.protocol;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One line from a client, parsed where it lies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParseBenchmark {
    @Param({
        "IAMAT kiwi.cs.ucla.edu +34.068930-118.445127 1400794645.392014450",
        "WHATSAT kiwi.cs.ucla.edu 10 5",
        "WHATSIT kiwi.cs.ucla.edu"})
    public String line;

    private byte[] bytes;

    @Setup
    public void encode() {
        bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Benchmark
    public Command parse() {
        return CommandParser.parse(bytes, 0, bytes.length);
    }
}
