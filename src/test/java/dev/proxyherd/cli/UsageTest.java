package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person can mend is told in one line, which says where, and exits with 2. */
class UsageTest {
    @TempDir
    private Path dir;

    @BeforeEach
    void writeTopology() throws IOException {
        TestTopology.write(dir);
    }

    private void isRefused(String message, Map<String, String> environment, String... arguments) throws IOException {
        try (HerdProcess herd = HerdProcess.start(dir, environment, arguments)) {
            assertThat(herd.exitCode()).isEqualTo(2);
            assertThat(herd.err()).startsWith("herd: ").contains(message).hasLineCount(1);
            assertThat(herd.out()).isEmpty();
        }
        assertThat(dir.resolve("state")).as("what a refused start leaves behind").doesNotExist();
    }

    @Test
    void aBrokenTopologyIsToldWithItsPlace() throws IOException {
        Files.writeString(dir.resolve("broken.json"), "{\n  \"servers\": {\n    \"Al ford\": {}\n}}");
        isRefused("broken.json: line 3 column ", Map.of(), "up", "--topology", "broken.json");
    }

    @Test
    void aMissingTopologyIsNamed() throws IOException {
        isRefused("nowhere.json", Map.of(), "--name", "Alford", "--topology", "nowhere.json");
    }

    @Test
    void anUnknownNameIsToldWithTheKnownOnes() throws IOException {
        isRefused("there is no server 'Alfred'; the servers are Alford, Bolden, Hamilton, Parker, Welsh",
                Map.of(), "--name", "Alfred");
    }

    @Test
    void aHerdThatIsNotOnLoopbackNeedsASecret() throws IOException {
        isRefused("0.0.0.0:0 is not a loopback address, so the herd needs a secret",
                Map.of(), "--name", "Alford", "--listen", "0.0.0.0:0");
    }

    @Test
    void aSecretThatCouldBeGuessedIsRefusedButNotShown() throws IOException {
        isRefused("HERD_SECRET: the secret has 6 bytes; it needs at least 16",
                Map.of("HERD_SECRET", "sesame"), "--name", "Alford");
    }

    @Test
    void aSettingOutOfRangeIsRefusedWhereverItComesFrom() throws IOException {
        isRefused("--max-line must be 1024 to 65536", Map.of("HERD_MAX_LINE", "99"), "--name", "Alford");
    }

    @Test
    void withoutANameOrACommandTheUsageIsShown() throws IOException {
        try (HerdProcess herd = HerdProcess.start(dir)) {
            assertThat(herd.exitCode()).isEqualTo(2);
            assertThat(herd.err()).startsWith("Say which server to run with --name NAME").contains("Usage: herd");
        }
    }
}
