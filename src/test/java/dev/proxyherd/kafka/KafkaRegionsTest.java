package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.TestHerd;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Herds that share a topic know the same. */
class KafkaRegionsTest {
    @TempDir
    private static Path brokerDir;

    private static Broker broker;

    @TempDir
    private Path dir;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.in(brokerDir).start();
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void whatOneHearsAllKnow() throws Exception {
        KafkaSettings settings = TestRegions.settings(dir, broker.address());
        try (TestRegions regions = new TestRegions(dir)) {
            TestHerd west = regions.herd(settings, "Alford", "Bolden").startAll();
            TestHerd east = regions.herd(settings, "Hamilton", "Parker", "Welsh").startAll();
            TestRegions.report(west, "Alford", "w", 0, 50, "1400000000.5");
            TestRegions.report(east, "Welsh", "e", 0, 50, "1400000000.5");
            regions.awaitSame("after reports on both sides", 100);
            TestRegions.report(east, "Parker", "w", 0, 50, "1400000001.5");
            TestRegions.report(west, "Bolden", "w", 25, 50, "1400000000.7");
            regions.awaitSame("after newer and late reports", 100);
            assertThat(west.stored("Alford", "w49")).contains(" 1400000001.5");
            assertThat(TestRegions.status(west, "Alford").skipped()).isZero();
        }
    }
}
