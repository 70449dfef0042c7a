package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.KeptStore;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two neighbours with small heaps, each full of clients that the other does not know. Neither takes in what the other
 * tells, and so acknowledges it no more, however long the link is up.
 */
class FullNeighboursTest {
    private static final String HEAP = "48m";

    /** What {@code ClientCapacity} lets such a heap hold, and more. */
    private static final int CLIENTS = 60_000;

    /** So many of them report again and again: each time a location is replaced, and the neighbour told. */
    private static final int MOVING = 20_000;

    private static final int AT_ONCE = 1_000;

    /** Several times what is left of such a heap, if each is kept. */
    private static final int UPDATES = 400_000;

    @TempDir
    private Path dir;

    private final int port = FreePorts.next();
    private final int otherPort = FreePorts.next();

    private void write(String server) throws IOException {
        try (KeptStore kept = KeptStore.open(dir.resolve("state/server-" + server + ".journal"))) {
            for (int i = 0; i < CLIENTS; i++) {
                kept.take(RandomLocations.at("AT " + server + " +0.263873386 " + client(server, i)
                        + " +34.068930-118.445127 1400794610.5"));
            }
            kept.round();
        }
    }

    private static String client(String server, int number) {
        return server + "-" + number + ".cs.example.org";
    }

    private HerdProcess start(String server) throws IOException {
        HerdProcess process = HerdProcess.startWithHeap(dir, HEAP, "--name", server).awaitUp();
        Await.until("its journal is read", () -> process.err().contains("journal: there was no room for "));
        return process;
    }

    private static List<String> report(RawClient to, List<String> clients, int time) throws IOException {
        StringBuilder reports = new StringBuilder();
        clients.forEach(client -> reports.append("IAMAT ").append(client).append(" +1-1 ").append(time).append('\n'));
        to.send(reports.toString());
        List<String> taken = new ArrayList<>();
        for (String client : clients) {
            if (to.readLine().startsWith("AT ")) {
                taken.add(client);
            }
        }
        return taken;
    }

    /** So many of those that a full server knows: it refuses a report of any other. */
    private static List<String> known(RawClient to, String server) throws IOException {
        List<String> known = new ArrayList<>();
        for (int from = 0; known.size() < MOVING; from += AT_ONCE) {
            known.addAll(report(to,
                    IntStream.range(from, from + AT_ONCE).mapToObj(number -> client(server, number)).toList(), 1));
        }
        return known;
    }

    @Test
    void stayUpWhateverTheyTellEachOther() throws Exception {
        Files.writeString(dir.resolve("herd-topology.json"), """
                {"servers": {"Full": {"host": "127.0.0.1", "port": %d}, "Other": {"host": "127.0.0.1", "port": %d}},
                "links": [["Full", "Other"]]}""".formatted(port, otherPort));
        Files.createDirectory(dir.resolve("state"));
        write("Full");
        write("Other");
        try (HerdProcess full = start("Full"); HerdProcess other = start("Other")) {
            Await.until("the link is up", () -> Files.readString(dir.resolve("state/server-Full.log"))
                    .contains("link to Other up"));
            try (RawClient client = new RawClient(port)) {
                List<String> known = known(client, "Full");
                for (int round = 1; round <= UPDATES / MOVING; round++) {
                    for (int from = 0; from < MOVING; from += AT_ONCE) {
                        List<String> some = known.subList(from, from + AT_ONCE);
                        assertThat(report(client, some, 1_400_800_000 + round)).isEqualTo(some);
                    }
                }
            }
            full.signal("TERM");
            assertThat(full.exitCode()).as(full.err()).isEqualTo(143);
            other.signal("TERM");
            assertThat(other.exitCode()).as(other.err()).isEqualTo(143);
        }
    }
}
