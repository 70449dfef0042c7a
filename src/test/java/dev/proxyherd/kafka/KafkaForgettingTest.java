package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is forgotten in one herd is forgotten in all, and is erased in the topic, whoever has published it. */
@Timeout(300)
class KafkaForgettingTest {
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
        topics.create(TestRegions.TOPIC, 2, Map.of("cleanup.policy", "compact"));
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

    private static void report(TestHerd herd, String server, String client, long time) throws IOException {
        try (RawClient connection = herd.connect(server)) {
            connection.ask("IAMAT " + client + " +34.068930-118.445127 " + time);
        }
    }

    private static boolean isGone(TestHerd herd, String server, String client) {
        String stored = herd.stored(server, client);
        return stored == null || stored.startsWith("GONE ");
    }

    private boolean showsWhere(String client) throws Exception {
        return topics.newest(TestRegions.TOPIC).entrySet().stream()
                .anyMatch(one -> one.getKey().endsWith(" " + client) && one.getValue().startsWith("AT "));
    }

    @Test
    void reachesAllHerdsAndEachPublishersKey() throws Exception {
        TestHerd west = regions.herd(settings, "Alford", "Bolden").startAll();
        TestHerd east = regions.herd(settings, "Hamilton", "Parker").startAll();
        report(west, "Alford", "kiwi", 1_400_000_000);
        regions.awaitSame("after the first report", 1);
        report(east, "Parker", "kiwi", 1_400_000_010);
        report(west, "Bolden", "plum", 1_400_000_000);
        regions.awaitSame("after all reports", 2);
        TestRegions.awaitLive(west, "Alford", "Bolden");
        TestRegions.awaitLive(east, "Hamilton", "Parker");
        assertThat(topics.newest(TestRegions.TOPIC)).containsKeys("Alford kiwi", "Parker kiwi");

        west.forgetEverywhere("Bolden", "kiwi");
        Await.until("all have forgotten", () -> isGone(west, "Alford", "kiwi") && isGone(east, "Hamilton", "kiwi")
                && isGone(east, "Parker", "kiwi"));
        Await.until("nothing in the topic says where it was", () -> !showsWhere("kiwi"));
        report(east, "Hamilton", "kiwi", 1_400_000_020);
        assertThat(isGone(east, "Hamilton", "kiwi")).as("a late report loses").isTrue();

        topics.compactAtOnce(TestRegions.TOPIC);
        Await.until("no byte of the topic says where it was", () -> {
            topics.closeSegments(TestRegions.TOPIC);
            return topics.read(TestRegions.TOPIC).stream().map(one -> one.value() == null ? ""
                    : new String(one.value(), StandardCharsets.ISO_8859_1)).noneMatch(
                            value -> value.startsWith("AT ") && value.contains(" kiwi "));
        });
        assertThat(topics.newest(TestRegions.TOPIC)).containsKey("Bolden plum");

        TestHerd south = regions.herd(settings, "Young").startAll();
        regions.awaitSame("with a herd that starts empty", 2);
        assertThat(isGone(south, "Young", "kiwi")).isTrue();
    }

    @Test
    void holdsForAServerWhoseKafkaWasAwayMeanwhile() throws Exception {
        TestHerd west = regions.herd(settings, "Alford").startAll();
        TestHerd east = regions.herd(settings, "Hamilton").startAll();
        report(west, "Alford", "kiwi", 1_400_000_000);
        regions.awaitSame("after the report", 1);
        TestRegions.awaitLive(west, "Alford");
        west.stop("Alford");
        east.forgetEverywhere("Hamilton", "kiwi");
        TestRegions.awaitLive(east, "Hamilton");
        west.start("Alford");
        Await.until("Alford knows that it is forgotten", () -> west.stored("Alford", "kiwi") != null
                && isGone(west, "Alford", "kiwi"));
        Await.until("Alford has erased its own record", () -> !showsWhere("kiwi"));
    }

    @Test
    void leavesNothingInTheTopicAfterItsTime() throws Exception {
        TestHerd west = regions.herd(settings, "Alford").forgetKeep(Duration.ofSeconds(5))
                .expireAfter(Duration.ofSeconds(20)).startAll();
        TestHerd east = regions.herd(settings, "Hamilton").forgetKeep(Duration.ofSeconds(5))
                .expireAfter(Duration.ofSeconds(20)).startAll();
        long now = System.currentTimeMillis() / 1000;
        report(west, "Alford", "kiwi", now);
        report(east, "Hamilton", "plum", now);
        Await.until("both are published", () -> topics.newest(TestRegions.TOPIC).size() == 2);
        west.forgetEverywhere("Alford", "kiwi");
        Await.until("the topic says that it is gone",
                () -> topics.newest(TestRegions.TOPIC).getOrDefault("Alford kiwi", "")
                        .startsWith("GONE "));
        // That it is gone is kept for longer than any report may come late.
        Await.until("the topic says nothing of either", Duration.ofMinutes(3),
                () -> topics.newest(TestRegions.TOPIC).isEmpty());
        assertThat(west.stored("Alford")).isEmpty();
        assertThat(east.stored("Hamilton")).isEmpty();
    }
}
