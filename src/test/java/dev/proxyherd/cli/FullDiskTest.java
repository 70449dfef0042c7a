package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process whose files can grow no further, as on a full disk. */
class FullDiskTest {
    private static final int CLIENTS = 5000;

    @TempDir
    private Path dir;

    @ParameterizedTest
    @Execution(CONCURRENT)
    @ValueSource(strings = {"everysec", "always"})
    void goesOnAnsweringAndItsStatusSaysThatTheJournalFails(String fsync) throws IOException {
        TestTopology topology = TestTopology.write(dir);
        try (HerdProcess alford =
                HerdProcess.startWithSizeLimit(dir, 128, "--name", "Alford", "--fsync", fsync).awaitUp();
                RawClient client = topology.connect("Alford")) {
            StringBuilder commands = new StringBuilder();
            for (int i = 0; i < CLIENTS; i++) {
                commands.append("IAMAT c").append(i).append(" +34-118 7\n");
            }
            client.send(commands.toString());
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(client.readLine()).startsWith("AT Alford ");
            }
            Await.until("the status says so", () -> {
                try (HerdProcess status = HerdProcess.start(dir, "status")) {
                    assertThat(status.exitCode()).as("other servers are down").isEqualTo(1);
                    return status.out().contains("failing: File too large");
                }
            });
            assertThat(client.ask("WHATSAT c0 1 0")).startsWith("AT Alford ");
            assertThat(alford.err()).startsWith("herd: Alford: journal: cannot write ").hasLineCount(1);
        }
    }
}
