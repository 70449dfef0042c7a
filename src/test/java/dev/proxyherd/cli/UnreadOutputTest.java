package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output that goes nowhere: into a pipe whose reader has gone, or to a full disk. */
class UnreadOutputTest {
    @TempDir
    private Path dir;

    private static String[] withHerd(TestHerd herd, Path dir, String... command) throws IOException {
        String topology = Files.writeString(dir.resolve("city.json"), "{\"servers\": {\"Alford\": "
                + "{\"host\": \"127.0.0.1\", \"port\": " + herd.port("Alford") + "}}}").toString();
        return Stream.concat(Stream.of(command), Stream.of("--topology", topology)).toArray(String[]::new);
    }

    @Test
    void endsStatusWithWatch() throws IOException {
        String secret = Files.writeString(dir.resolve("secret"), TestHerd.SECRET).toString();
        try (TestHerd herd = new TestHerd(dir, "Alford").startAll();
                HerdProcess process = HerdProcess.startWithSizeLimit(
                        dir, 1, withHerd(herd, dir, "status", "--watch=100ms", "--secret-file", secret))) {
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.err()).isEqualTo("herd: the output cannot be written: File too large\n");
        }
    }

    @Test
    void isNoSuccessWhereADiskIsFull() throws IOException {
        try (HerdProcess process = HerdProcess.startWithSizeLimit(dir, 1, "--help")) {
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.err()).isEqualTo("herd: the output cannot be written: File too large\n");
        }
    }

    @Test
    void endsSimulatedClients() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford").startAll();
                HerdProcess process = HerdProcess.startWithSizeLimit(
                        dir, 0, withHerd(herd, dir, "simulate", "--clients", "10"))) {
            assertThat(process.exitCode()).isZero();
            assertThat(herd.stored("Alford")).isNotEmpty();
        }
    }
}
