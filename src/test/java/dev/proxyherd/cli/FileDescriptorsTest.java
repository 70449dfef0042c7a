package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
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
            awaitJournal();
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

    @Test
    void costNoCoreAndNoSilenceWhileHttpCannotAccept() throws Exception {
        TestTopology topology = TestTopology.write(dir);
        int port = FreePorts.next();
        List<AutoCloseable> crowd = new ArrayList<>();
        try (HerdProcess alford =
                HerdProcess.startWithFileLimit(dir, LIMIT, "--name", "Alford", "--http", "" + port).awaitUp();
                RawClient early = topology.connect("Alford")) {
            early.ask("IAMAT kiwi +34-118 1400794645");
            awaitJournal();
            failedAccepts(port); // loads what there is to load while files can be opened
            for (int i = 0; i < 2 * LIMIT; i++) {
                crowd.add(topology.connect("Alford"));
            }
            Await.until("Alford is out of file descriptors",
                    () -> topology.log("Alford").contains("cannot accept: Too many open files"));
            // Many: a dial that has just failed, or the page asked for above, may leave a descriptor behind, and the first takes it.
            for (int i = 0; i < LIMIT; i++) {
                crowd.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            Await.until("it is told",
                    () -> alford.err().contains("cannot accept HTTP connections: Too many open files"));
            // Which says that some two seconds have passed.
            Await.until("the accept loop has backed off",
                    () -> topology.log("Alford").contains("trying again in 1000 ms"));
            assertThat(early.ask("still here")).isEqualTo("? still here");

            for (AutoCloseable client : crowd) {
                client.close();
            }

            assertThat(failedAccepts(port)).as("a core that spins makes some ten thousand a second").isBetween(1L,
                    200L);
            assertThat(alford.err().lines()).as("told once").hasSize(1);
        } finally {
            for (AutoCloseable client : crowd) {
                client.close();
            }
        }
    }

    /** What writes it comes from files, too, which cannot be opened later. */
    private void awaitJournal() {
        Path journal = dir.resolve("state/server-Alford.journal");
        Await.until("the journal is written", () -> Files.exists(journal) && Files.size(journal) > 0);
    }

    /** Asks until it is answered: connections that waited for a descriptor are accepted first. */
    private static long failedAccepts(int port) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String page = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
            return page.lines().filter(line -> line.startsWith("herd_http_failed_accepts_total "))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ')))).sum();
        }
    }
}
