package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.fences.FenceShape;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.SomeFences;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.status.KafkaStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Herds that share a topic know the same; each test has a topic of its own. */
class KafkaRegionsTest {
    private static final String OLD = "1400000000.5";
    private static final String NEW = "1400000001.5";

    @TempDir
    private static Path brokerDir;

    private static Broker broker;
    private static Topics topics;

    @TempDir
    private Path dir;

    private TestRegions regions;
    private String topic;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = Broker.in(brokerDir).start();
        topics = broker.topics();
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            topics.close();
            broker.close();
        }
    }

    @BeforeEach
    void begin(TestInfo test) {
        regions = new TestRegions(dir);
        topic = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void end() {
        regions.close();
    }

    private KafkaSettings settings() throws Exception {
        return TestRegions.inTopic(topic, dir, broker.address());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatOneHearsAllKnow() throws Exception {
        TestHerd west = regions.herd(settings(), "Alford", "Bolden").startAll();
        TestHerd east = regions.herd(settings(), "Hamilton", "Parker", "Welsh").startAll();
        TestRegions.report(west, "Alford", "w", 0, 50, OLD);
        TestRegions.report(east, "Welsh", "e", 0, 50, OLD);
        regions.awaitSame("after reports on both sides", 100);
        TestRegions.report(east, "Parker", "w", 0, 50, NEW);
        TestRegions.report(west, "Bolden", "w", 25, 50, "1400000000.7");
        regions.awaitSame("after newer and late reports", 100);
        assertThat(west.stored("Alford", "w49")).contains(" " + NEW);
        assertThat(TestRegions.status(west, "Alford").skipped()).isZero();
        assertThat(topics.setting(topic, "cleanup.policy")).isEqualTo("compact");
    }

    @Test
    void onlyTheServerThatHeardAReportTellsOfItsCrossing() throws Exception {
        Fences fences = SomeFences.compiled(List.of(SomeFences.of("yard", 0, new FenceShape.Disc(0, 0, 1000))));
        Queue<String> told = new ConcurrentLinkedQueue<>();
        TestHerd west = regions.herd(settings(), "Alford", "Bolden").fences(() -> fences)
                .crossings((name, crossings) -> crossings.forEach(one -> told.add(name + " " + one.client())))
                .startAll();
        TestHerd east = regions.herd(settings(), "Hamilton", "Parker").fences(() -> fences)
                .crossings((name, crossings) -> crossings.forEach(one -> told.add(name + " " + one.client())))
                .startAll();
        try (RawClient client = west.connect("Alford")) {
            client.ask("IAMAT van +0+0 " + OLD);
        }
        regions.awaitSame("in the yard", 1);
        // What a server has heard it looks at in order, so whoever tells of these has looked at the van.
        List<String> all = List.of("Alford", "Bolden", "Hamilton", "Parker");
        for (String name : all) {
            try (RawClient client = (west.names().contains(name) ? west : east).connect(name)) {
                client.ask("IAMAT mark" + name + " +0+0 " + OLD);
            }
        }
        Await.until("all have looked", () -> all.stream().allMatch(name -> told.contains(name + " mark" + name)));
        assertThat(told.stream().filter(one -> one.endsWith(" van"))).containsExactly("Alford van");
    }

    @Test
    void whereOnlyOneServerOfAHerdHasKafkaItPublishesWhatItsNeighboursHear() throws Exception {
        TestHerd west = regions.herd(settings(), "Alford", "Bolden");
        west.start("Alford");
        west.kafka(null).start("Bolden");
        TestHerd east = regions.herd(settings(), "Hamilton").startAll();
        TestRegions.report(west, "Bolden", "b", 0, 10, OLD);
        TestRegions.report(east, "Hamilton", "h", 0, 10, OLD);
        regions.awaitSame("though Bolden has no Kafka", 20);
        assertThat(topics.newest(topic)).containsKey("Alford b0").containsKey("Hamilton h0").hasSize(20);
    }

    @Test
    void aServerThatHeardPublishesAndItsNeighboursDoNot() throws Exception {
        TestHerd west = regions.herd(settings(), "Alford", "Bolden").startAll();
        TestRegions.awaitLive(west, "Alford", "Bolden");
        long published = TestRegions.status(west, "Bolden").published();
        try (RawClient client = west.connect("Alford")) {
            long end = System.nanoTime() + Outbox.GRACE.plusSeconds(2).toNanos();
            for (int i = 0; System.nanoTime() - end < 0; i++) {
                client.ask("IAMAT kiwi +34-118 " + (1_400_000_000 + i));
            }
        }
        TestRegions.awaitLive(west, "Alford", "Bolden");
        assertThat(TestRegions.status(west, "Bolden").published()).isEqualTo(published);
        assertThat(topics.newest(topic)).containsOnlyKeys("Alford kiwi");
    }

    @Nested
    class Forgetting {
        @Test
        void erasesAllThatAnyServerHasPublished() throws Exception {
            TestHerd west = regions.herd(settings(), "Alford", "Bolden").startAll();
            TestHerd east = regions.herd(settings(), "Hamilton").startAll();
            TestRegions.report(west, "Alford", "kiwi", 0, 2, OLD);
            regions.awaitSame("before it moves", 2);
            TestRegions.report(east, "Hamilton", "kiwi", 0, 2, NEW);
            regions.awaitSame("after it has moved", 2);
            west.forget("Bolden", "kiwi0");
            Await.until("nothing of it is left: " + topics.newest(topic),
                    () -> topics.newest(topic).entrySet().stream().filter(one -> one.getKey().endsWith(" kiwi0"))
                            .allMatch(one -> one.getValue().startsWith("GONE Bolden ")));
            assertThat(topics.newest(topic)).containsKeys("Alford kiwi0", "Bolden kiwi0", "Hamilton kiwi0");
            assertThat(topics.newest(topic).get("Hamilton kiwi1")).startsWith("AT Hamilton");
            regions.awaitSame("after it was forgotten", 2);
            TestRegions.report(east, "Hamilton", "kiwi", 0, 1, "1400000002");
            assertThat(east.stored("Hamilton", "kiwi0")).as("late reports stay lost").startsWith("GONE");
        }

        @Test
        void isRememberedAcrossARestart() throws Exception {
            TestHerd west = regions.herd(settings(), "Alford").journal(FsyncPolicy.EVERYSEC).startAll();
            TestHerd east = regions.herd(settings(), "Hamilton").startAll();
            TestRegions.report(west, "Alford", "kiwi", 0, 1, OLD);
            regions.awaitSame("at first", 1);
            TestRegions.report(east, "Hamilton", "kiwi", 0, 1, NEW);
            regions.awaitSame("after it has moved", 1);
            TestRegions.awaitLive(west, "Alford");
            west.stop("Alford");
            east.forget("Hamilton", "kiwi0");
            west.start("Alford");
            Await.until("its own record is overwritten: " + topics.newest(topic),
                    () -> topics.newest(topic).getOrDefault("Alford kiwi0", "").startsWith("GONE Hamilton "));
        }

        @Test
        void whatExpiresIsDeletedInTheTopic() throws Exception {
            TestHerd west = regions.herd(settings(), "Alford").expireAfter(Duration.ofSeconds(4)).startAll();
            TestRegions.awaitLive(west, "Alford");
            long now = System.currentTimeMillis() / 1000;
            TestRegions.report(west, "Alford", "kiwi", 0, 3, String.valueOf(now));
            Await.until("it is published", () -> topics.newest(topic).size() == 3);
            Await.until("it is deleted", () -> topics.newest(topic).isEmpty());
        }

        @Test
        void whatExpiredWhileItsServerWasAwayIsDeletedWhenItIsBack() throws Exception {
            TestHerd west = regions.herd(settings(), "Alford").expireAfter(Duration.ofSeconds(4)).startAll();
            TestRegions.awaitLive(west, "Alford");
            long now = System.currentTimeMillis() / 1000;
            TestRegions.report(west, "Alford", "kiwi", 0, 3, String.valueOf(now));
            Await.until("it is published", () -> topics.newest(topic).size() == 3);
            west.stop("Alford");
            Await.until("it has expired", () -> System.currentTimeMillis() / 1000 > now + 4);
            west.start("Alford");
            Await.until("it is deleted", () -> topics.newest(topic).isEmpty());
        }
    }

    @Nested
    class Restarts {
        @Test
        void readOnlyWhatCameSince() throws Exception {
            TestHerd west = regions.herd(settings(), "Alford").journal(FsyncPolicy.EVERYSEC).startAll();
            TestHerd east = regions.herd(settings(), "Hamilton").startAll();
            TestRegions.report(west, "Alford", "w", 0, 100, OLD);
            TestRegions.report(east, "Hamilton", "e", 0, 100, OLD);
            regions.awaitSame("before the restart", 200);
            TestRegions.awaitLive(west, "Alford");
            west.stop("Alford");
            TestRegions.report(east, "Hamilton", "e", 0, 7, NEW);
            TestRegions.awaitLive(east, "Hamilton");
            west.start("Alford");
            regions.awaitSame("after it", 200);
            TestRegions.awaitLive(west, "Alford");
            KafkaStatus status = TestRegions.status(west, "Alford");
            assertThat(status.read()).isEqualTo(7);
            assertThat(status.published()).isZero();
        }

        @Test
        void withAnotherJournalReadAll() throws Exception {
            TestHerd west = regions.herd(settings(), "Alford").journal(FsyncPolicy.EVERYSEC).startAll();
            TestRegions.report(west, "Alford", "w", 0, 20, OLD);
            TestRegions.awaitLive(west, "Alford");
            west.stop("Alford");
            Files.delete(dir.resolve("Alford/server-Alford.journal"));
            west.start("Alford");
            regions.awaitSame("from the topic alone", 20);
            TestRegions.awaitLive(west, "Alford");
            assertThat(TestRegions.status(west, "Alford").read()).isGreaterThanOrEqualTo(20);
            assertThat(TestRegions.status(west, "Alford").published()).isZero();
        }

        @Test
        void publishWhatTheTopicLacks() throws Exception {
            KafkaSettings nowhere = TestRegions.inTopic(topic, dir, "127.0.0.1:1");
            TestHerd west = regions.herd(nowhere, "Alford").journal(FsyncPolicy.EVERYSEC).startAll();
            TestRegions.report(west, "Alford", "w", 0, 20, OLD);
            west.stop("Alford");
            west.kafka(settings()).start("Alford");
            Await.until("all is in the topic", () -> topics.names().contains(topic)
                    && topics.newest(topic).size() == 20);
        }
    }

    @Nested
    class WhatIsNoHerds {
        @Test
        void isSkippedAndCounted() throws Exception {
            topics.create(topic, 2, Map.of("cleanup.policy", "compact"));
            topics.write(topic, bytes("kiwi"), bytes("no line"));
            topics.write(topic, bytes("Alford kiwi"), bytes("AT Alford nothing"));
            topics.write(topic, bytes("Elsewhere kiwi"), bytes("AT Elsewhere +0.500000000 plum +34-118 5"));
            topics.write(topic, bytes("Elsewhere kiwi"), new byte[100_000]);
            topics.write(topic, bytes("Elsewhere kiwi"), bytes("AT Elsewhere +0.500000000 kiwi +34-118 5"));
            TestHerd west = regions.herd(settings(), "Alford").startAll();
            regions.awaitSame("with the one that is right", 1);
            TestRegions.awaitLive(west, "Alford");
            assertThat(TestRegions.status(west, "Alford").skipped()).isEqualTo(4);
        }

        @Test
        void isPassedOverWhereItCannotBeUnpacked() throws Exception {
            topics.create(topic, 2, Map.of("cleanup.policy", "compact"));
            for (int i = 0; i < 20; i++) {
                topics.write(topic, bytes("Elsewhere before" + i), line("before" + i));
            }
            Process packing = Broker.program("64m", "org.apache.kafka.tools.ProducerPerformance", "--bootstrap-server",
                    broker.address(), "--topic", topic, "--num-records", "300", "--record-size", "100",
                    "--record-key-range", "50", "--key-distribution", "random", "--throughput", "-1",
                    "--command-property", "compression.type=zstd")
                    .redirectOutput(dir.resolve("packing.out").toFile()).start();
            assertThat(packing.waitFor()).as(Files.readString(dir.resolve("packing.out"))).isZero();
            for (int i = 0; i < 20; i++) {
                topics.write(topic, bytes("Elsewhere after" + i), line("after" + i));
            }
            TestHerd west = regions.herd(settings(), "Alford").startAll();
            regions.awaitSame("with what is before and after", 40);
            TestRegions.awaitLive(west, "Alford");
            assertThat(TestRegions.status(west, "Alford").skipped()).isEqualTo(300);
            west.awaitWarning("Alford", "it is packed by zstd, for which the herd has no library");
        }

        private byte[] line(String client) {
            return bytes("AT Elsewhere +0.500000000 " + client + " +34-118 5");
        }

        @Test
        void topicIsRefusedThatIsNotCompacted() throws Exception {
            topics.create(topic, 1, Map.of("cleanup.policy", "delete"));
            TestHerd west = regions.herd(settings(), "Alford").startAll();
            west.awaitWarning("Alford", "the topic " + topic + " is not compacted (its cleanup.policy is delete)");
            TestRegions.report(west, "Alford", "w", 0, 1, OLD);
            topics.change(topic, Map.of("cleanup.policy", "compact"));
            west.awaitWarning("Alford", "the topic is read again");
            Await.until("it is published then", () -> topics.newest(topic).containsKey("Alford w0"));
        }
    }

    @Test
    void twoServersOfOneNameAreToldOfOnBothSides() throws Exception {
        TestHerd west = regions.herd(settings(), "Alford").startAll();
        TestHerd east = new TestHerd(Files.createDirectories(dir.resolve("east")), "Alford", "Welsh")
                .kafka(settings()).link("Alford", "Welsh").secret("Alford", "another herd's secret, long enough")
                .secret("Welsh", "another herd's secret, long enough");
        try (east) {
            east.startAll();
            TestRegions.awaitLive(west, "Alford");
            TestRegions.awaitLive(east, "Alford", "Welsh");
            TestRegions.report(west, "Alford", "w", 0, 1, OLD);
            TestRegions.report(east, "Alford", "e", 0, 1, OLD);
            west.awaitWarning("Alford", "another server called Alford publishes in the topic");
            east.awaitWarning("Alford", "another server called Alford publishes in the topic");
            east.awaitWarning("Welsh", "has a server called Alford, too");
        }
    }

    @Test
    void whoHasNoRoomReadsTheTopicAgainWhenItHas() throws Exception {
        TestHerd east = regions.herd(settings(), "Hamilton").startAll();
        TestRegions.report(east, "Hamilton", "e", 0, 40, OLD);
        TestRegions.awaitLive(east, "Hamilton");
        TestHerd west = regions.herd(settings(), "Alford").limits(TestRegions.room(10)).startAll();
        Await.until("it is full", () -> west.status("Alford").room().full()
                && TestRegions.status(west, "Alford").lagRecords() == 0);
        west.limits(TestRegions.room(100)).change("Alford");
        regions.awaitSame("once it has room", 40);
    }
}
