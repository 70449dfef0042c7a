package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose addresses are names: what the names stand for may be several addresses, and may change. */
class HostNamesTest {
    /** Java by itself would look a name up again after 30 s. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path dir;

    private Path hosts;
    private int port;

    @BeforeEach
    void write() throws IOException {
        hosts = dir.resolve("hosts");
        port = FreePorts.next();
        Files.writeString(dir.resolve("herd-topology.json"), String.format("{\"servers\": {"
                + "\"Alford\": {\"host\": \"127.0.0.1\", \"port\": %d}, \"Parker\": {\"host\": \"parker.test\", \"port\": %d}},"
                + "\"links\": [[\"Alford\", \"Parker\"]]}", FreePorts.next(), port));
    }

    private void parkerIsAt(String... addresses) throws IOException {
        Files.writeString(hosts, String.join(" parker.test\n", addresses) + " parker.test\n");
    }

    /** The Java of this process takes its names from the test's file. */
    private HerdProcess run(String... arguments) throws IOException {
        return HerdProcess.start(dir, Map.of("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + hosts,
                "HERD_SECRET", "a secret for tests only"), arguments);
    }

    private String log() throws IOException {
        return Files.readString(dir.resolve("state/server-Alford.log"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void areLookedUpAnewByALinkThatCouldNotDial() throws IOException {
        parkerIsAt("127.0.0.3");
        try (HerdProcess alford = run("--name", "Alford").awaitUp();
                HerdProcess parker = run("--name", "Parker", "--listen", "127.0.0.2:" + port).awaitUp()) {
            Await.until("Alford has failed", () -> log()
                    .contains("no link to Parker (parker.test:" + port + "): 127.0.0.3: Connection refused"));
            parkerIsAt("127.0.0.2");
            Await.until("the link is up", SOON,
                    () -> log().contains("link to Parker up (parker.test:" + port + ", 127.0.0.2)"));
            assertThat(alford.err() + parker.err()).doesNotContain("herd: ");
        }
    }

    @Test
    void areTriedByAllTheirAddressesByLinksAndCommands() throws IOException {
        parkerIsAt("127.0.0.3", "127.0.0.2");
        try (HerdProcess alford = run("--name", "Alford").awaitUp();
                HerdProcess parker = run("--name", "Parker", "--listen", "127.0.0.2:" + port).awaitUp();
                HerdProcess iamat = run("iamat", "kiwi", "+34-118", "--server", "Parker");
                HerdProcess bench =
                        run("bench", "--server", "Parker", "--clients", "2", "--connections", "2", "--duration", "1s",
                                "--warmup", "0s")) {
            assertThat(iamat.exitCode()).as(iamat.err()).isZero();
            assertThat(bench.exitCode()).as(bench.err()).isZero();
            Await.until("the link is up",
                    () -> log().contains("link to Parker up (parker.test:" + port + ", 127.0.0.2)"));
            assertThat(log()).contains("not every address of Parker accepts: 127.0.0.3: Connection refused");
            Await.until("status finds both", () -> {
                try (HerdProcess status = run("status")) {
                    return status.exitCode() == 0;
                }
            });
            assertThat(alford.err() + parker.err()).doesNotContain("herd: ");
        }
    }
}
