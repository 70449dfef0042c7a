package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.journal.SmallDisk;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.TestHerd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of the broker, reports are answered meanwhile, and all herds know the same when it is back. */
@Timeout(300)
class KafkaOutageTest {
    private static final int CLIENTS = 300;

    /** Records that wait give up soon, so that they are sent again in any order. */
    private static final String[] IMPATIENT =
            {"delivery.timeout.ms=3000", "request.timeout.ms=2000", "max.block.ms=2000", "default.api.timeout.ms=5000"};

    private final long seed = System.nanoTime();

    @TempDir
    private Path dir;

    private Broker broker;
    private TestRegions regions;
    private TestHerd west;
    private TestHerd east;

    private interface Step {
        void take() throws Exception;
    }

    private void startTwoHerds(Path data) throws IOException {
        broker = Broker.in(dir.resolve("broker"), data).start();
        regions = new TestRegions(dir);
        KafkaSettings settings = TestRegions.settings(dir, broker.address(), IMPATIENT);
        west = regions.herd(settings, "Alford", "Bolden").startAll();
        east = regions.herd(settings, "Hamilton", "Parker", "Welsh").startAll();
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.close();
            regions.close();
        }
    }

    private void agreeAfter(Step fault, Step mend) throws Exception {
        try (SteadyReports reports = new SteadyReports(seed, CLIENTS, west, east)) {
            reports.awaitMore("at first", 500);
            TestRegions.awaitLive(west, "Alford");
            fault.take();
            reports.awaitMore("while the broker is away", 1000);
            mend.take();
            reports.awaitMore("afterwards", 500);
            reports.close();
            regions.awaitSame("seed " + seed, reports.acknowledged().clients());
            reports.acknowledged().isIn(east.stored("Welsh"), "seed " + seed);
        }
        Await.until("all is published", () -> TestRegions.status(west, "Alford").queued() == 0
                && TestRegions.status(east, "Welsh").queued() == 0);
        // Stores are the same already where the other server of the herd was the first to read again.
        Await.until("Alford has nothing to complain of", () -> TestRegions.status(west, "Alford").failure() == null);
        try (Topics topics = broker.topics()) {
            TestRegions.assertLastIsBest(topics);
        }
    }

    @Test
    void thatIsKilled() throws Exception {
        startTwoHerds(dir.resolve("data"));
        agreeAfter(() -> broker.signal("KILL"), broker::start);
    }

    @Test
    void thatStopsAndGoesOn() throws Exception {
        startTwoHerds(dir.resolve("data"));
        agreeAfter(() -> {
            broker.signal("STOP");
            west.awaitWarning("Alford", "is not read");
        }, () -> broker.signal("CONT"));
    }

    @Test
    void thatIsRestartedAgainAndAgain() throws Exception {
        startTwoHerds(dir.resolve("data"));
        agreeAfter(() -> {
            for (int i = 0; i < 2; i++) {
                broker.signal("TERM");
                broker.start();
            }
        }, () -> {});
    }

    @Test
    void whoseDiskIsFull() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(dir.resolve("small"), 64 * 1024)) {
            startTwoHerds(disk.folder().resolve("data"));
            Path[] ballast = new Path[1];
            agreeAfter(() -> {
                ballast[0] = disk.fill();
                Await.until("it has ended", () -> !broker.isAlive());
            }, () -> {
                Files.delete(ballast[0]);
                broker.start();
            });
            broker.close();
        }
    }

    @Test
    void whoseTopicIsDeleted() throws Exception {
        startTwoHerds(dir.resolve("data"));
        agreeAfter(() -> {
            try (Topics topics = broker.topics()) {
                topics.delete(TestRegions.TOPIC);
            }
            west.awaitWarning("Alford", "the topic herd.locations was deleted");
        }, () -> TestRegions.awaitLive(west, "Alford", "Bolden"));
        try (Topics topics = broker.topics()) {
            assertThat(topics.setting(TestRegions.TOPIC, "cleanup.policy")).isEqualTo("compact");
        }
    }
}
