package dev.proxyherd.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.cli.HerdProcess;
import dev.proxyherd.cli.TestTopology;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people should know at once is told where they look, and not in the traffic log alone. */
class WarningsTest {
    private static final Map<String, String> A_SECRET = Map.of("HERD_SECRET", "one secret of this herd");
    private static final Map<String, String> ANOTHER = Map.of("HERD_SECRET", "not the secret of this herd");

    @TempDir
    private Path dir;

    @Test
    void aNeighbourWithAnotherSecretIsNamedOnceAndOneThatIsDownIsNot() throws IOException {
        TestTopology topology = TestTopology.write(dir);
        try (HerdProcess alford = HerdProcess.start(dir, A_SECRET, "--name", "Alford").awaitUp();
                HerdProcess parker = HerdProcess.start(dir, ANOTHER, "--name", "Parker").awaitUp()) {
            Await.until("Alford has warned", () -> !alford.err().isEmpty());
            Await.until("Alford has no link to Welsh", () -> topology.log("Alford").contains("no link to Welsh"));
            assertThat(alford.err()).isEqualTo("herd: Alford: no link to Parker (" + topology.address("Parker")
                    + "): it refused: Alford does not hold the same secret as Parker\n");
        }
    }

    @Test
    void aDamagedJournalIsTold() throws IOException {
        TestTopology topology = TestTopology.write(dir);
        Path journal = dir.resolve("state/server-Alford.journal");
        try (HerdProcess alford = HerdProcess.start(dir, "--name", "Alford").awaitUp();
                RawClient client = topology.connect("Alford")) {
            for (int i = 0; i < 3; i++) {
                client.ask("IAMAT c" + i + " +34-118 7");
            }
            alford.signal("TERM");
            alford.exitCode();
        }
        byte[] bytes = Files.readAllBytes(journal);
        bytes[bytes.length / 2] ^= 1;
        Files.write(journal, bytes);

        try (HerdProcess alford = HerdProcess.start(dir, "--name", "Alford").awaitUp()) {
            Await.until("it is told", () -> alford.err().contains("herd: Alford: journal: "));
            assertThat(alford.err()).contains(" are damaged and were skipped").hasLineCount(1);
        }
    }

    @Test
    void aTokenThatMayBeGuessedIsToldAndOneThatMayNotIsNot() throws IOException {
        TestTopology.write(dir);
        String port = String.valueOf(FreePorts.next());
        try (HerdProcess alford = HerdProcess.start(dir, Map.of("HERD_HTTP_TOKEN", "fifteen-letters"),
                "--name", "Alford", "--http", port).awaitUp()) {
            assertThat(alford.err())
                    .startsWith("herd: warning: the token for HTTP has 15 characters, and may be guessed; "
                            + "give one of 16 or more")
                    .doesNotContain("fifteen").hasLineCount(1);
        }
        try (HerdProcess alford = HerdProcess.start(dir, Map.of("HERD_HTTP_TOKEN", "sixteen--letters"),
                "--name", "Alford", "--http", port).awaitUp()) {
            assertThat(alford.err()).isEmpty();
        }
    }
}
