package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.cli.HerdProcess;
import dev.proxyherd.cli.TestTopology;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.server.Acknowledged;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a server learns from the topic at its start, and what it teaches. As large as promised, a million clients, with
 * {@code mvn -Pkafka test -Dtest=KafkaStartTest -Dkafka.clients=1000000}.
 */
@Timeout(600)
class KafkaStartTest {
    private static final int CLIENTS = Integer.getInteger("kafka.clients", 50_000);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path dir;

    private Broker broker;
    private Topics topics;
    private TestRegions regions;
    private KafkaSettings settings;

    @BeforeEach
    void start() throws Exception {
        broker = Broker.in(dir.resolve("broker")).set("log.cleaner.backoff.ms", "100").start();
        topics = broker.topics();
        topics.create(TestRegions.TOPIC, 4, Map.of("cleanup.policy", "compact"));
        regions = new TestRegions(dir);
        settings = TestRegions.settings(dir, broker.address());
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            regions.close();
            topics.close();
            broker.close();
        }
    }

    private static String line(int client, int time) {
        return "AT Welsh +0.263873386 client-" + client + " +34.068930-118.445127 " + time;
    }

    @Test
    void oneThatStartsEmptyLearnsAllFromTheTopicAlone() throws Exception {
        topics.writeAll(TestRegions.TOPIC, CLIENTS, i -> "Welsh client-" + i, i -> line(i, 1_400_000_000));
        TestHerd herd = regions.herd(settings, "Alford");
        long start = System.nanoTime();
        herd.startAll();
        Await.until("all are known", LIMIT, () -> herd.status("Alford").clients() == CLIENTS);
        System.out.printf("%,d clients in the topic are known after %,d ms%n", CLIENTS,
                (System.nanoTime() - start) / 1_000_000);
        assertThat(herd.stored("Alford", "client-" + (CLIENTS - 1))).isEqualTo(line(CLIENTS - 1, 1_400_000_000));
        TestRegions.awaitLive(herd, "Alford");
        assertThat(TestRegions.status(herd, "Alford").published()).as("what is another herd's is not published")
                .isZero();
    }

    @Test
    void oneThatStartsEmptyLearnsTheBestAfterACompaction() throws Exception {
        int clients = 1000;
        TestHerd west = regions.herd(settings, "Alford").startAll();
        TestHerd east = regions.herd(settings, "Hamilton").startAll();
        for (int time = 0; time < 5; time++) {
            TestRegions.report(time % 2 == 0 ? west : east, time % 2 == 0 ? "Alford" : "Hamilton", "client-", 0,
                    clients,
                    String.valueOf(1_400_000_000 + time));
            TestRegions.report(west, "Alford", "client-", 0, clients / 2, String.valueOf(1_400_000_000 - time));
        }
        regions.awaitSame("before the compaction", clients);
        TestRegions.awaitLive(west, "Alford");
        TestRegions.awaitLive(east, "Hamilton");
        topics.compactAtOnce(TestRegions.TOPIC);
        Await.until("older records are gone", LIMIT, () -> {
            topics.closeSegments(TestRegions.TOPIC);
            return topics.read(TestRegions.TOPIC).stream()
                    .filter(one -> new String(one.value(), StandardCharsets.ISO_8859_1).endsWith(" 1400000000"))
                    .findAny().isEmpty();
        });
        TestHerd south = regions.herd(settings, "Young").startAll();
        regions.awaitSame("with a herd that starts empty", clients);
        assertThat(south.stored("Young", "client-7")).endsWith(" 1400000004");
    }

    @Test
    void oneThatIsRestartedReadsOnlyWhatCameSince() throws Exception {
        int clients = 5000;
        topics.writeAll(TestRegions.TOPIC, clients, i -> "Welsh client-" + i, i -> line(i, 1_400_000_000));
        TestHerd herd = regions.herd(settings, "Alford").journal(FsyncPolicy.EVERYSEC).startAll();
        Await.until("all are known", () -> herd.status("Alford").clients() == clients);
        TestRegions.report(herd, "Alford", "own-", 0, 50, "1400000000");
        Await.until("its own are published", () -> TestRegions.status(herd, "Alford").published() == 50);
        herd.stop("Alford");
        topics.writeAll(TestRegions.TOPIC, 100, i -> "Welsh client-" + i, i -> line(i, 1_400_000_001));
        herd.start("Alford");
        Await.until("what came meanwhile is known",
                () -> String.valueOf(herd.stored("Alford", "client-99")).endsWith(" 1400000001"));
        TestRegions.awaitLive(herd, "Alford");
        assertThat(TestRegions.status(herd, "Alford").read()).isLessThan(200);
        assertThat(TestRegions.status(herd, "Alford").published()).isLessThan(60);
        herd.stop("Alford");
        try (var found = Files.walk(dir)) {
            for (Path journal : found.filter(file -> file.toString().endsWith(".journal")).toList()) {
                Files.delete(journal);
            }
        }
        herd.start("Alford");
        Await.until("without its journal it reads all again", () -> herd.status("Alford").clients() == clients + 50);
    }

    @Test
    void ofAHerdOnlySomeServersNeedKafka() throws Exception {
        TestHerd west = regions.herd(settings, "Alford", "Bolden").kafka(null);
        west.start("Alford");
        west.kafka(settings).start("Bolden");
        west.awaitLinks();
        TestHerd east = regions.herd(settings, "Hamilton", "Parker").startAll();
        TestRegions.report(west, "Alford", "w", 0, 50, "1400000000");
        TestRegions.report(east, "Parker", "e", 0, 50, "1400000000");
        regions.awaitSame("though one has no Kafka", 100);
        TestRegions.awaitLive(west, "Bolden");
        assertThat(topics.newest(TestRegions.TOPIC)).containsKey("Bolden w7").doesNotContainKey("Bolden e7");
    }

    @Test
    void aCrashLosesNothingThatTheJournalHolds() throws Exception {
        TestTopology topology = TestTopology.write(dir);
        Path file = dir.resolve("kafka.properties");
        Files.write(file, List.of("bootstrap.servers=" + broker.address(), "reconnect.backoff.max.ms=200"));
        String[] command = {"--name", "Alford", "--fsync", "always", "--kafka", file.toString()};
        Acknowledged acknowledged = new Acknowledged();
        try (HerdProcess alford = HerdProcess.start(dir, Map.of("HERD_SECRET", TestHerd.SECRET), command).awaitUp()) {
            report(topology, acknowledged, 0, 100);
            Await.until("they are published", () -> topics.newest(TestRegions.TOPIC).size() == 100);
            broker.signal("STOP");
            report(topology, acknowledged, 50, 200);
            alford.signal("KILL");
        }
        broker.signal("CONT");
        try (HerdProcess alford = HerdProcess.start(dir, Map.of("HERD_SECRET", TestHerd.SECRET), command).awaitUp()) {
            TestHerd east = regions.herd(settings, "Hamilton").startAll();
            Await.until("all that was acknowledged is known in another herd",
                    () -> east.status("Hamilton").clients() == acknowledged.clients());
            Await.until("in its newest form", () -> east.stored("Hamilton", "c60").endsWith("50"));
            acknowledged.isIn(east.stored("Hamilton"), "after the crash");
        }
    }

    private static void report(TestTopology topology, Acknowledged acknowledged, int from, int to) throws IOException {
        try (RawClient client = topology.connect("Alford")) {
            for (int i = from; i < to; i++) {
                acknowledged.add(client.ask("IAMAT c" + i + " +1+1 14000000" + (from == 0 ? "10" : "50")));
            }
        }
    }
}
