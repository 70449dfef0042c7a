package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole herd in one process. */
class UpTest {
    @TempDir
    private Path dir;

    @Test
    void runsAllServersWhichKnowWhatOneOfThemHears() throws IOException {
        TestTopology topology = TestTopology.write(dir);
        try (HerdProcess herd = HerdProcess.start(dir, "up").awaitUp()) {
            assertThat(herd.out()).contains("5 servers are up; Ctrl-C stops them.").contains(topology.names());
            String heard;
            try (RawClient client = topology.connect("Hamilton")) {
                heard = client.ask("IAMAT ucla +34.068930-118.445127 1400794645.392014450");
            }
            assertThat(heard).startsWith("AT Hamilton +");
            for (String name : topology.names()) {
                Await.until(name + " knows it too", () -> topology.whatsat(name, "ucla").equals(heard));
            }
            try (RawClient client = topology.connect("Welsh")) {
                assertThat(client.askForPlaces("WHATSAT ucla 10 2"))
                        .startsWith(heard + "\n{\n").contains("\"name\" : \"Westwood\"").endsWith("\n}\n\n");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("state/secret"))))
                    .as("who may read the secret").isEqualTo("rw-------");

            herd.signal("TERM");
            assertThat(herd.exitCode()).isEqualTo(143);
            assertThat(herd.err()).isEmpty();
            for (String name : topology.names()) {
                assertThat(topology.log(name)).endsWith("server " + name + " has stopped\n");
            }
        }
    }
}
