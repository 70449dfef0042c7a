package dev.proxyherd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of clients tell all five servers about the same few IDs and times, at once, and some are forgotten meanwhile. */
class StressTest {
    private static final int CLIENTS = 300;
    private static final int REPORTS = 100;
    private static final int IDS = 40;
    private static final int TIMES = 5;

    @TempDir
    private Path dir;

    /** The newest of all that was answered, by ID: what all servers must end with. */
    private final Map<String, Location> newest = new ConcurrentHashMap<>();

    @Test
    void allServersEndWithTheNewestOfAllThatWasAnswered() throws Exception {
        long seed = System.nanoTime();
        try (TestHerd herd = TestHerd.ofFive(dir)) {
            // So what is forgotten is of about the same times as what is reported.
            herd.names().forEach(name -> herd.clock(name, new TestClock("2")));
            herd.startAll().awaitLinks();
            List<String> names = List.copyOf(herd.names());
            List<Callable<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(seed + i);
                String server = names.get(i % names.size());
                clients.add(() -> hammer(herd, server, random));
            }
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Void> client : threads.invokeAll(clients)) {
                    client.get();
                }
            }
            Map<String, String> expected = new TreeMap<>();
            newest.forEach((id, location) -> expected.put(id, location.toString()));
            assertThat(herd.awaitSameStores("with seed " + seed, IDS)).as("seed " + seed).isEqualTo(expected);
        }
    }

    private Void hammer(TestHerd herd, String server, Random random) throws IOException {
        try (RawClient client = herd.connect(server)) {
            for (int i = 0; i < REPORTS; i++) {
                String fields = "c" + random.nextInt(IDS) + " +" + random.nextInt(90) + "-1 " + random.nextInt(TIMES);
                String answer = random.nextInt(20) == 0 ? herd.forget(server, "c" + random.nextInt(IDS))
                        : client.ask("IAMAT " + fields);
                assertThat(answer).matches("(AT " + server + " [+-]\\S+ \\Q" + fields + "\\E|GONE " + server + " .*)");
                byte[] line = answer.getBytes(StandardCharsets.ISO_8859_1);
                Location location = Location.parse(line, 0, line.length, 0);
                newest.merge(location.client(), location, Location::newest);
            }
        }
        return null;
    }
}
