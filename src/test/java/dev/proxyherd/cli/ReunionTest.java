package dev.proxyherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.io.Sweeper;
import dev.proxyherd.link.inquiry.InquiryClient;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestSettings;
import dev.proxyherd.topology.ServerAddress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes that know the same; a tenth of the clients move while one of them is away; how soon do both know the same
 * again? As large as promised, a million clients, with {@code mvn -Pchaos test -Dtest=ReunionTest}: there the bounds are
 * those that are promised.
 */
class ReunionTest {
    private static final int CLIENTS = Integer.getInteger("reunion.clients", 20_000);
    private static final int MOVED = CLIENTS / 10;
    private static final int BATCH = 500;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Bounds are for a machine that does nothing else; all tests together are no such thing. */
    private static final boolean BOUNDED = CLIENTS >= 1_000_000;

    private static final String SECRET = "a secret of two that meet again";
    private static final Pattern DIGEST = Pattern.compile("\"digest\" *: *\"([0-9a-f]{16})\"");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Sweeper sweeper = new Sweeper();

    @TempDir
    private Path dir;

    private TestTopology topology;
    private HerdProcess alford;
    private HerdProcess parker;

    @BeforeEach
    void startTwoThatKnowTheSame() throws IOException {
        topology = TestTopology.write(dir);
        Path state = Files.createDirectory(dir.resolve("state"));
        writeJournal(state.resolve("server-Alford.journal"));
        Files.copy(state.resolve("server-Alford.journal"), state.resolve("server-Parker.journal"));
        alford = start("Alford");
        parker = start("Parker");
        Await.until("both know all", LIMIT, () -> log("Alford").contains("link from Parker up")
                && log("Parker").contains("link from Alford up") && digest("Alford").equals(digest("Parker")));
    }

    @AfterEach
    void stop() {
        alford.close();
        parker.close();
    }

    private static void writeJournal(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            CRC32C crc = new CRC32C();
            for (int i = 0; i < CLIENTS; i++) {
                byte[] line = ("AT Alford +0.263873386 client-" + i + " +34.068930-118.445127 1400794645.392014450")
                        .getBytes(StandardCharsets.US_ASCII);
                crc.reset();
                crc.update(line);
                out.write(String.format("%08x ", crc.getValue()).getBytes(StandardCharsets.US_ASCII));
                out.write(line);
                out.write('\n');
            }
        }
    }

    private HerdProcess start(String name) throws IOException {
        return HerdProcess.startLarge(dir, "1g", Map.of("HERD_SECRET", SECRET), "--name", name).awaitUp();
    }

    private String log(String name) throws IOException {
        return topology.log(name);
    }

    private String digest(String name) throws Exception {
        try (InquiryClient client = InquiryClient.connect(LinkMessage.Role.STATUS, name,
                new ServerAddress("127.0.0.1", topology.ports().get(name)), TestSettings.credentials(SECRET),
                Duration.ofSeconds(5),
                sweeper)) {
            return DIGEST.matcher(client.status(Cutoffs.NONE)).results().findFirst().orElseThrow().group(1);
        }
    }

    /** Lets clients move; all of it is answered when this returns. */
    private void move(String server, int from, int to, int time) throws IOException {
        try (RawClient client = topology.connect(server)) {
            for (int i = from; i < to; i += BATCH) {
                StringBuilder reports = new StringBuilder();
                for (int j = i; j < i + BATCH; j++) {
                    reports.append("IAMAT client-").append(j % CLIENTS).append(" +1-1 ").append(time).append('\n');
                }
                client.send(reports.toString());
                for (int j = 0; j < BATCH; j++) {
                    client.readLine();
                }
            }
        }
    }

    private static Duration bound(int seconds) {
        return BOUNDED ? Duration.ofSeconds(seconds) : LIMIT;
    }

    private Duration untilEqual(String when) {
        Duration taken = Await.until("both know the same " + when + ", seed " + seed, LIMIT,
                () -> digest("Alford").equals(digest("Parker")));
        System.out.printf("%d clients, %d moved: %d ms %s%n", CLIENTS, MOVED, taken.toMillis(), when);
        return taken;
    }

    @Test
    void afterOneWasStoppedTakesTwoSeconds() throws IOException {
        parker.signal("STOP");
        move("Alford", 0, MOVED, 1_500_000_000);
        Await.until("the link is down", LIMIT, () -> log("Alford").contains("link to Parker down"));
        parker.signal("CONT");
        assertThat(untilEqual("after one was stopped")).isLessThan(bound(2));
    }

    @Test
    void afterOneWasKilledAndStartedAgainTakesThreeSeconds() throws IOException {
        parker.signal("KILL");
        move("Alford", 0, MOVED, 1_500_000_000);
        parker.close();
        long start = System.nanoTime();
        parker = start("Parker");
        System.out.printf("up after %d ms%n", (System.nanoTime() - start) / 1_000_000);
        assertThat(untilEqual("after one was restarted")).isLessThan(bound(3));
    }

    @Test
    void takesNoLongerWhileReportsComeIn() throws Exception {
        parker.signal("STOP");
        move("Alford", 0, MOVED, 1_500_000_000);
        Await.until("the link is down", LIMIT, () -> log("Alford").contains("link to Parker down"));
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> load = IntStream.range(0, 2).mapToObj(i -> Thread.ofVirtual().start(() -> load(i, done))).toList();
        parker.signal("CONT");
        Duration taken = Await.until("Parker knows who moved, seed " + seed, LIMIT, this::parkerKnowsWhoMoved);
        done.set(true);
        for (Thread thread : load) {
            Await.end(thread);
        }
        System.out.printf("%d ms until those are known who moved, under load%n", taken.toMillis());
        assertThat(taken).isLessThan(bound(2));
        untilEqual("after the load");
    }

    private void load(int number, AtomicBoolean done) {
        try {
            for (int time = 1_600_000_000; !done.get(); time++) {
                int from = MOVED + random.nextInt(CLIENTS - MOVED - BATCH);
                move(number == 0 ? "Alford" : "Parker", from, from + BATCH, time);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean parkerKnowsWhoMoved() throws Exception {
        try (InquiryClient client = InquiryClient.connect(LinkMessage.Role.STATUS, "Parker",
                new ServerAddress("127.0.0.1", topology.ports().get("Parker")), TestSettings.credentials(SECRET), LIMIT,
                sweeper)) {
            // In one question: a hundred, one after the other, would take as long as what is measured.
            List<String> some = IntStream.rangeClosed(0, 100)
                    .mapToObj(i -> "client-" + Math.min(i * (MOVED / 100), MOVED - 1)).toList();
            return client.trace(some).stream().allMatch(held -> held.endsWith(" 1500000000"));
        }
    }
}
