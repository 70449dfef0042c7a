package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Acknowledged;
import dev.proxyherd.server.FaultyProxy;
import dev.proxyherd.server.FreePorts;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One herd is cut off from Kafka while both hear the same clients, out of order: afterwards the newest report of each has won everywhere. */
@Timeout(300)
class KafkaPartitionTest {
    private static final int CLIENTS = 100;
    private static final int REPORTS = 600;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    private Path dir;

    private FaultyProxy proxy;
    private Broker broker;
    private TestRegions regions;
    private TestHerd west;
    private TestHerd east;
    private final Acknowledged acknowledged = new Acknowledged();

    @BeforeEach
    void start() throws IOException {
        int behind = FreePorts.next();
        proxy = new FaultyProxy(behind);
        broker = Broker.in(dir.resolve("broker")).listenBehind(behind, proxy.port()).start();
        regions = new TestRegions(dir);
        west = regions.herd(TestRegions.settings(dir, "127.0.0.1:" + proxy.port(), "delivery.timeout.ms=3000",
                "request.timeout.ms=2000", "max.block.ms=2000"), "Alford", "Bolden").startAll();
        east = regions.herd(TestRegions.settings(dir, broker.address()), "Hamilton", "Parker").startAll();
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            regions.close();
            broker.close();
        }
        proxy.close();
    }

    private void reportAnything(TestHerd herd, String name) throws IOException {
        try (RawClient client = herd.connect(name)) {
            for (int i = 0; i < REPORTS; i++) {
                acknowledged.add(client.ask("IAMAT c" + random.nextInt(CLIENTS) + " +" + random.nextInt(90) + "-"
                        + random.nextInt(180) + ' ' + (1_400_000_000 + random.nextInt(100))));
            }
        }
    }

    private void reportAnythingEverywhere() throws IOException {
        for (TestHerd herd : new TestHerd[] {west, east}) {
            for (String name : herd.names()) {
                reportAnything(herd, name);
            }
        }
    }

    private void assertAgreement(String when) throws Exception {
        regions.awaitSame(when + ", seed " + seed, acknowledged.clients());
        acknowledged.isIn(west.stored("Alford"), when + ", seed " + seed);
        try (Topics topics = broker.topics()) {
            TestRegions.assertLastIsBest(topics);
        }
    }

    @Test
    void byABrokenNetwork() throws Exception {
        reportAnythingEverywhere();
        proxy.cut();
        west.awaitWarning("Alford", "the topic is not read");
        reportAnythingEverywhere();
        assertThat(TestRegions.status(west, "Alford").failure()).isNotNull();
        proxy.heal();
        reportAnythingEverywhere();
        assertAgreement("after the cut");
    }

    @Test
    void byANetworkThatSwallowsAll() throws Exception {
        reportAnythingEverywhere();
        proxy.stall();
        west.awaitWarning("Alford", "does not answer");
        reportAnythingEverywhere();
        proxy.heal();
        reportAnythingEverywhere();
        assertAgreement("after the stall");
    }
}
