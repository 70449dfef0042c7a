package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.proxyherd.places.FakeUpstream;
import dev.proxyherd.server.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The client of the original assignment against five processes. It makes a connection for each command, sends it, reads
 * once, and takes what it got for the whole answer. Ten rounds: {@code mvn -Poriginal test}, which kills each pair twice.
 */
class OriginalClientTest {
    /** How long after its start a server is used. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Generous: this is about whether, not about how soon. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration SLOW = Duration.ofMillis(300);
    private static final int BOUND = 5;
    private static final int PAIRS_A_ROUND = 2;

    /** What is asked for places. */
    enum Provider {
        BUNDLED, SLOW
    }

    @TempDir
    private Path dir;

    private final Map<String, HerdProcess> running = new HashMap<>();

    /** The AT line of each client's newest report. */
    private final Map<String, String> newest = new HashMap<>();

    private TestTopology topology;
    private Provider provider;
    private FakeUpstream upstream;

    static Stream<Arguments> rounds() {
        return IntStream.range(0, Integer.getInteger("original.rounds", 1)).boxed()
                .flatMap(round -> Stream.of(Provider.values()).map(provider -> Arguments.of(round, provider)));
    }

    @AfterEach
    void end() throws IOException {
        running.values().forEach(HerdProcess::close);
        upstream.close();
    }

    @ParameterizedTest(name = "round {0}, places {1}")
    @MethodSource("rounds")
    void readsEachAnswerAtOnceAndFindsWhatAKilledPairMissed(int round, Provider chosen) throws Exception {
        topology = TestTopology.write(dir);
        provider = chosen;
        upstream = new FakeUpstream(FakeUpstream.after(SLOW, FakeUpstream.ok(document())));
        for (String name : topology.names()) {
            start(name);
            report(name, "client-of-" + name);
            assertThat(ask(name, "client-of-" + name)).isTrue();
        }
        awaitKnown(newest.keySet(), "the last of five has started");
        for (int i = 0; i < PAIRS_A_ROUND; i++) {
            killAndRestart(pairs().get((round * PAIRS_A_ROUND + i) % pairs().size()));
        }
    }

    private void killAndRestart(List<String> pair) throws Exception {
        for (String name : pair) {
            running.get(name).signal("KILL");
        }
        for (String name : pair) {
            assertThat(running.get(name).exitCode()).isEqualTo(137);
        }
        List<String> missed = new ArrayList<>();
        for (String name : topology.names()) {
            if (!pair.contains(name)) {
                // Where the pair stood in the middle the others are alone: each is asked what it was told.
                for (String client : List.of("client-of-" + name,
                        "new-at-" + name + "-without-" + pair.getFirst() + pair.getLast())) {
                    report(name, client);
                    assertThat(ask(name, client)).isTrue();
                    missed.add(client);
                }
            }
        }
        for (String name : pair) {
            start(name);
        }
        awaitKnown(missed, "the restart of " + pair);
    }

    /** All pairs of servers, in an order that is the same for all rounds. */
    private List<List<String>> pairs() {
        List<String> names = List.copyOf(topology.names());
        List<List<String>> pairs = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                pairs.add(List.of(names.get(i), names.get(j)));
            }
        }
        Collections.shuffle(pairs, new Random(7));
        return pairs;
    }

    /** Starts a server; it is used after half a second, or later where the machine is too busy to have it up by then. */
    private void start(String name) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--name", name));
        if (provider == Provider.SLOW) {
            arguments.addAll(List.of("--places", "google-legacy", "--places-url", upstream.url("/nearby").toString()));
        }
        long start = System.nanoTime();
        running.put(name,
                HerdProcess.start(dir, Map.of("HERD_PLACES_KEY", "a-key-for-tests"), arguments.toArray(String[]::new)));
        Await.until("half a second has passed", () -> System.nanoTime() - start >= PAUSE.toNanos());
        Await.until(name + " accepts connections", LIMIT, () -> accepts(name));
    }

    private boolean accepts(String name) throws IOException {
        try (Socket socket = connect(name)) {
            return socket.isConnected();
        } catch (ConnectException notYet) {
            return false;
        }
    }

    private Socket connect(String name) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), topology.ports().get(name));
    }

    /** Sends a command, and reads once. */
    private String command(String name, String command) throws IOException {
        try (Socket socket = connect(name)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write((command + '\n').getBytes(StandardCharsets.UTF_8));
            byte[] buffer = new byte[100_000];
            int count = socket.getInputStream().read(buffer);
            assertThat(count).as("bytes of the answer of %s to %s", name, command).isPositive();
            return new String(buffer, 0, count, StandardCharsets.UTF_8);
        }
    }

    private void report(String name, String client) throws IOException {
        long millis = System.currentTimeMillis();
        String fields = client + " +34.068930-118.445127 %d.%03d".formatted(millis / 1000, millis % 1000);
        String answer = command(name, "IAMAT " + fields);
        assertThat(answer).startsWith("AT " + name + ' ').endsWith(' ' + fields + '\n');
        newest.put(client, answer);
    }

    /** Whether a server knows a client's newest report; if so, what is read at once must be the whole answer. */
    private boolean ask(String name, String client) throws IOException {
        String answer = command(name, "WHATSAT " + client + " 10 " + BOUND);
        if (answer.startsWith("? ")) {
            return false;
        }
        int end = answer.indexOf('\n') + 1;
        assertThat(answer).as("what %s answers about %s", name, client).startsWith("AT ").endsWith("\n}\n\n");
        JsonObject document = JsonParser.parseString(answer.substring(end)).getAsJsonObject();
        assertThat(document.get("status").getAsString()).isEqualTo("OK");
        assertThat(document.getAsJsonArray("results")).hasSize(BOUND);
        return answer.substring(0, end).equals(newest.get(client));
    }

    private void awaitKnown(Iterable<String> clients, String after) {
        Duration took = Await.until("all know " + clients + " after " + after, LIMIT, () -> allKnow(clients));
        System.out.println("places " + provider + ": all five knew all " + took.toMillis() + " ms after " + after);
    }

    private boolean allKnow(Iterable<String> clients) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> known = new ArrayList<>();
            for (String name : topology.names()) {
                for (String client : clients) {
                    known.add(threads.submit(() -> ask(name, client)));
                }
            }
            boolean all = true;
            for (Future<Boolean> one : known) {
                all &= one.get();
            }
            return all;
        }
    }

    /** As large as Google's are: some 20 KB. */
    private static String document() {
        List<String> results = IntStream.range(0, 20).mapToObj(i -> """
                      {
                         "name" : "Place %d",
                         "reference" : "%s"
                      }""".formatted(i, "r".repeat(900))).toList();
        return "{\n   \"html_attributions\" : [],\n   \"results\" : [\n" + String.join(",\n", results)
                + "\n   ],\n   \"status\" : \"OK\"\n}\n\n";
    }
}
