package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.client.HerdClient;
import dev.proxyherd.places.PlaceLabel;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.tracks.Walkers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Output that goes nowhere: into a pipe whose reader has gone, or to a full disk. */
class UnreadOutputTest {
    @TempDir
    private Path dir;

    /** A pipe after its reader's end. */
    private static PrintWriter nobodyReads() {
        return new PrintWriter(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
    }

    @Test
    void endsStatusWithWatch() throws IOException {
        try (TestHerd herd = new TestHerd(dir, "Alford").startAll()) {
            String topology = Files.writeString(dir.resolve("city.json"), "{\"servers\": {\"Alford\": "
                    + "{\"host\": \"127.0.0.1\", \"port\": " + herd.port("Alford") + "}}}").toString();
            String secret = Files.writeString(dir.resolve("secret"), TestHerd.SECRET).toString();
            String[] command = {"status", "--watch=100ms", "--topology", topology, "--secret-file", secret};
            CommandLine line = Main.commandLine(Map.of(), command);
            line.setOut(nobodyReads());

            assertThat(line.execute(command)).isZero();
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
    void endsSimulatedClients() throws Exception {
        try (TestHerd herd = new TestHerd(dir, "Alford").startAll();
                HerdClient client = HerdClient.connect(
                        new InetSocketAddress("127.0.0.1", herd.port("Alford")), Duration.ofSeconds(10))) {
            Walkers walkers = new Walkers(10, List.of(new PlaceLabel("Rome", 41.9, 12.5, 20_000)),
                    Duration.ofMillis(100), Clock.systemUTC(), new Random(1));

            assertThat(new Playing(nobodyReads()).run(player -> player.simulate(walkers, client))).isZero();
        }
    }
}
