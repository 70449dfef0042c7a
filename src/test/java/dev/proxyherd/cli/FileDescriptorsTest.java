package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server that runs out of file descriptors goes on listening, and serves again when there are some. */
@EnabledOnOs(OS.LINUX)
class FileDescriptorsTest {
    private static final int LIMIT = 128;

    @TempDir
    private Path dir;

    @Test
    void thatRunOutCostNobodyWhoIsConnectedAndAreTakenUpAgain() throws IOException {
        TestTopology topology = TestTopology.write(dir);
        List<RawClient> crowd = new ArrayList<>();
        try (HerdProcess alford = HerdProcess.startWithFileLimit(dir, LIMIT, "--name", "Alford").awaitUp();
                RawClient early = topology.connect("Alford")) {
            early.ask("IAMAT kiwi +34-118 1400794645");
            early.askForPlaces("WHATSAT kiwi 10 1");
            for (int i = 0; i < 2 * LIMIT; i++) {
                crowd.add(topology.connect("Alford"));
            }
            Await.until("Alford is out of file descriptors",
                    () -> topology.log("Alford").contains("cannot accept: Too many open files"));
            assertThat(early.ask("still here")).isEqualTo("? still here");

            for (RawClient client : crowd) {
                client.close();
            }
            try (RawClient late = topology.connect("Alford")) {
                assertThat(late.ask("IAMAT kiwi +34-118 1400794646")).startsWith("AT Alford ");
            }
            alford.signal("TERM");
            assertThat(alford.exitCode()).isEqualTo(143);
            assertThat(alford.err()).isEmpty();
        } finally {
            for (RawClient client : crowd) {
                client.close();
            }
        }
    }
}
