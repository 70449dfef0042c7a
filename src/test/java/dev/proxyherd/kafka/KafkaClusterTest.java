package dev.proxyherd.kafka;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.TestHerd;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers, of which one at a time is lost: herds notice little, and lose nothing. */
@Timeout(600)
class KafkaClusterTest {
    private final long seed = System.nanoTime();

    @TempDir
    private Path dir;

    @Test
    void bearsTheLossOfEachBroker() throws Exception {
        List<Broker> three = Broker.cluster(dir.resolve("brokers"), 3);
        try (TestRegions regions = new TestRegions(dir)) {
            Broker.startAll(three);
            KafkaSettings settings =
                    TestRegions.settings(dir, three.stream().map(Broker::address).collect(joining(",")));
            TestHerd west = regions.herd(settings, "Alford", "Bolden").startAll();
            TestHerd east = regions.herd(settings, "Hamilton").startAll();
            try (SteadyReports reports = new SteadyReports(seed, 200, west, east)) {
                for (Broker lost : three) {
                    reports.awaitMore("while all brokers are there", 200);
                    TestRegions.awaitLive(west, "Alford");
                    lost.signal("KILL");
                    long published = TestRegions.status(west, "Alford").published();
                    Await.until("what is heard is published by two brokers",
                            () -> TestRegions.status(west, "Alford").published() > published + 50);
                    reports.awaitMore("while one is lost", 200);
                    lost.start();
                }
                reports.close();
                regions.awaitSame("seed " + seed, reports.acknowledged().clients());
                reports.acknowledged().isIn(east.stored("Hamilton"), "seed " + seed);
            }
            try (Topics topics = three.getFirst().topics()) {
                assertThat(topics.setting(TestRegions.TOPIC, "min.insync.replicas")).isEqualTo("2");
                TestRegions.assertLastIsBest(topics);
            }
        } finally {
            three.forEach(Broker::close);
        }
    }
}
