package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that know twenty thousand clients send each other about as many lines as were missed, not as are known. */
class ResyncCostTest {
    private static final int CLIENTS = 20_000;

    /** Well above what differs by chance, since both ends look for what the other lacks, far below what is known. */
    private static final int FEW = 100;

    private static final Duration BEAT = Duration.ofMillis(10);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    private Path dir;

    private TestHerd herd;

    @BeforeEach
    void startTwoThatKnowTheSame() throws IOException {
        herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").throughProxies()
                .timing(new LinkTiming(BEAT, Duration.ofSeconds(15), Duration.ofSeconds(2), Duration.ofSeconds(15),
                        BEAT, BEAT));
        cut();
        herd.startAll();
        for (int i = 0; i < CLIENTS; i++) {
            Location location = at(i, 7);
            herd.merge("Alford", location);
            herd.merge("Bolden", location);
        }
    }

    @AfterEach
    void stop() {
        herd.close();
    }

    private static Location at(int client, int time) {
        return RandomLocations.at("AT Welsh +0.000000001 c" + client + " +34-118 " + time);
    }

    private void cut() {
        herd.proxies().forEach(proxy -> proxy.cut());
    }

    private void heal() {
        herd.proxies().forEach(proxy -> proxy.heal());
        Await.until("both links are up", () -> link("Alford").up() && link("Bolden").up());
    }

    private LinkStatus link(String server) {
        return herd.status(server).links().getFirst();
    }

    private long resent() {
        return link("Alford").linesResent() + link("Bolden").linesResent();
    }

    private boolean areEqual() {
        return herd.status("Alford").digest().equals(herd.status("Bolden").digest());
    }

    private void awaitEqual(String when) {
        Await.until("both know the same " + when + ", seed " + seed, this::areEqual);
    }

    /** Waits until both ends have had the time of many heartbeats to find what differs. */
    private void awaitBeats() {
        long start = System.nanoTime();
        Await.until("heartbeats have passed", () -> System.nanoTime() - start > 20 * BEAT.toNanos()
                && link("Alford").heardMillisAgo() < 1000 && link("Bolden").heardMillisAgo() < 1000);
    }

    @Nested
    class AtALinksStart {
        @Test
        void anEqualPairSendsNoLine() {
            heal();
            awaitBeats();
            assertThat(link("Alford").linesSent() + link("Bolden").linesSent()).isZero();
        }

        @Test
        void whatWasMissedIsSentAndLittleElse() throws IOException {
            heal();
            awaitBeats();
            cut();
            Await.until("both links are down", () -> !link("Alford").up() && !link("Bolden").up());
            for (int i = 0; i < 10; i++) {
                herd.merge("Alford", at(random.nextInt(CLIENTS), 8));
                herd.merge("Bolden", at(CLIENTS + i, 8));
            }
            heal();
            awaitEqual("after ten missed updates on either side");
            assertThat(resent()).as("lines resent, seed %d", seed).isBetween(20L, (long) FEW);
            assertThat(herd.status("Alford").clients()).isEqualTo(CLIENTS + 10);
        }

        @Test
        void oneThatKnowsNothingIsTaughtAll() throws IOException {
            herd.stop("Bolden");
            herd.start("Bolden");
            heal();
            awaitEqual("after one came back empty");
            assertThat(link("Alford").linesResent()).isEqualTo(CLIENTS);
            assertThat(link("Bolden").linesResent()).as("by the one that knew nothing, taught back")
                    .isLessThan(CLIENTS / 10);
        }

        @Test
        void oneThatKnowsHalfIsTaughtTheOtherHalf() throws IOException {
            herd.stop("Bolden");
            herd.start("Bolden");
            for (int i = 0; i < CLIENTS; i += 2) {
                herd.merge("Bolden", at(i, 7));
            }
            heal();
            awaitEqual("after one came back with half");
            assertThat(link("Alford").linesResent()).isBetween(CLIENTS / 2L, CLIENTS * 3 / 4L);
        }
    }

    @Nested
    class OnALiveLink {
        @Test
        void aDivergenceFromAnyCauseIsFoundAndRepaired() {
            heal();
            awaitBeats();
            for (int i = 0; i < 20; i++) {
                herd.merge(random.nextBoolean() ? "Alford" : "Bolden", at(random.nextInt(CLIENTS), 9 + i));
            }
            awaitEqual("after stores changed behind the links' back");
            assertThat(resent()).as("lines resent, seed %d", seed).isBetween(1L, (long) FEW);
            assertThat(link("Alford").starts() + link("Bolden").starts()).as("links opened").isEqualTo(2);
        }

        /** As after a clock that was ahead for a moment, where locations expire. A few buckets a heartbeat would take 512. */
        @Test
        void aStoreThatWasLostIsTaughtAnewInNoTime() {
            heal();
            awaitBeats();
            long start = System.nanoTime();
            herd.dropAll("Bolden");
            awaitEqual("after one has dropped all");
            assertThat(herd.status("Bolden").clients()).isEqualTo(CLIENTS);
            assertThat((System.nanoTime() - start) / BEAT.toNanos()).as("heartbeats")
                    .isLessThan(LocationStore.BUCKETS / 8);
            assertThat(link("Alford").starts() + link("Bolden").starts()).as("links opened").isEqualTo(2);
        }

        @Test
        void whatOneLacksIsFoundUnderConstantLoad() throws Exception {
            heal();
            awaitBeats();
            long start = System.nanoTime();
            AtomicBoolean done = new AtomicBoolean();
            Thread load = Thread.ofPlatform().start(() -> reportUntil(done));
            for (int i = 0; i < 40; i++) {
                herd.merge("Alford", at(CLIENTS + i, 9));
            }
            Await.until("no bucket is left out, seed " + seed, () -> {
                for (int i = 0; i < 40; i++) {
                    if (herd.stored("Bolden", "c" + (CLIENTS + i)) == null) {
                        return false;
                    }
                }
                return true;
            });
            done.set(true);
            load.join();
            awaitEqual("after the load");
            long beats = (System.nanoTime() - start) / BEAT.toNanos() + 2;
            long mostInABucket =
                    IntStream.range(0, LocationStore.BUCKETS).map(i -> herd.bucket("Alford", i)).max().orElseThrow();
            assertThat(resent()).as("lines resent in the time of %d heartbeats, seed %d", beats, seed)
                    .isLessThanOrEqualTo(2 * beats * 4 * mostInABucket);
        }

        private void reportUntil(AtomicBoolean done) {
            try (RawClient client = herd.connect("Bolden")) {
                for (int time = 10; !done.get(); time++) {
                    StringBuilder commands = new StringBuilder();
                    for (int i = 0; i < 100; i++) {
                        commands.append("IAMAT c").append(random.nextInt(CLIENTS)).append(" +1-1 ").append(time)
                                .append('\n');
                    }
                    client.send(commands.toString());
                    for (int i = 0; i < 100; i++) {
                        client.readLine();
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
