package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.server.HerdServer;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code herd status} where all servers know the same, and something is wrong nevertheless. */
class StatusFaultsTest {
    @TempDir
    private Path dir;

    private TestHerd herd;
    private Path secret;

    @BeforeEach
    void prepare() throws IOException {
        herd = new TestHerd(dir, "Alford", "Parker").link("Alford", "Parker");
        secret = Files.writeString(dir.resolve("secret"), TestHerd.SECRET);
    }

    private CommandRun status(String... options) throws IOException {
        Path topology = Files.writeString(dir.resolve("city.json"), String.format("{\"servers\": {"
                + "\"Alford\": {\"host\": \"127.0.0.1\", \"port\": %d}, \"Parker\": {\"host\": \"127.0.0.1\", \"port\": %d}},"
                + "\"links\": [[\"Alford\", \"Parker\"]]}", herd.port("Alford"), herd.port("Parker")));
        String[] all =
                {"status", "--topology", topology.toString(), "--secret-file", secret.toString(), "--timeout", "20s"};
        String[] args = java.util.Arrays.copyOf(all, all.length + options.length);
        System.arraycopy(options, 0, args, all.length, options.length);
        return CommandRun.of(args);
    }

    @Test
    void namesAWrongClockAndExitsWithOne() throws IOException {
        herd.clock("Parker", () -> Instant.now().minus(Duration.ofMinutes(30)));
        try (TestHerd running = herd.startAll().awaitLinks()) {
            CommandRun run = status();
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out())
                    .containsPattern("(?m)^wrong: the clock of Parker is 30\\.0 min behind that of this machine; set ")
                    .endsWith("converged: all 2 servers know the same\n");
            JsonObject json = JsonParser.parseString(status("--json").out()).getAsJsonObject();
            assertThat(json.get("converged").getAsBoolean()).isTrue();
            assertThat(json.getAsJsonArray("faults")).hasSize(1);
            assertThat(json.getAsJsonArray("servers").get(1).getAsJsonObject().getAsJsonObject("clock")
                    .get("aheadNanos").getAsLong())
                    .isNegative();
        }
    }

    @Test
    void isNotConvergedByWhatAWrongClockHides() throws IOException {
        herd.expireAfter(Duration.ofHours(1)).clock("Parker", () -> Instant.now().plus(Duration.ofHours(3)));
        try (TestHerd running = herd.startAll().awaitLinks()) {
            CommandRun run = status();
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out())
                    .endsWith("not converged: while clocks differ it cannot be told whether all know the same\n");
        }
    }

    @Test
    void namesTwoServersOfOneNameAndExitsWithOne() throws IOException {
        try (TestHerd running = herd.startAll().awaitLinks();
                HerdServer second = herd.startNamesake("Alford", dir.resolve("elsewhere"))) {
            running.awaitWarning("Alford'", "it refused");
            CommandRun run = status();
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out())
                    .containsPattern("(?m)^wrong: Parker: two servers called Alford are running, one at 127.0.0.1:");
            assertThat(second.config().name()).hasToString("Alford");
        }
    }
}
