package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestHerd;
import dev.proxyherd.server.TestSettings;
import dev.proxyherd.status.LinkStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A neighbour whose link was down for a while, and whose process was not, is sent what it missed without a comparison. */
class AbsentNeighbourTest {
    private static final int CLIENTS = 2_000;

    /** Between any two servers only the first heartbeat of a link can start a comparison, of a few buckets. */
    private static final LinkTiming NO_NET = new LinkTiming(Duration.ofHours(1), Duration.ofHours(2),
            Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMillis(5), Duration.ofMillis(20));

    private final long seed = System.nanoTime();

    @TempDir
    private Path dir;

    private static void cut(TestHerd herd) {
        herd.proxies().forEach(proxy -> proxy.cut());
        Await.until("both links are down", () -> !link(herd, "Alford").up() && !link(herd, "Bolden").up());
    }

    private static void heal(TestHerd herd) {
        herd.proxies().forEach(proxy -> proxy.heal());
        herd.awaitLinks();
    }

    private static LinkStatus link(TestHerd herd, String server) {
        return herd.status(server).links().getFirst();
    }

    private static void report(TestHerd herd, String server, Random random, int count, int time) throws IOException {
        try (RawClient client = herd.connect(server)) {
            StringBuilder reports = new StringBuilder();
            for (int i = 0; i < count; i++) {
                reports.append("IAMAT c").append(random.nextInt(CLIENTS)).append(" +1-1 ").append(time).append('\n');
            }
            client.send(reports.toString());
            for (int i = 0; i < count; i++) {
                client.readLine();
            }
        }
    }

    /** Writers at both servers, cuts at any moment, no heartbeats: only what queues keep can make both know the same. */
    @RepeatedTest(3)
    void knowsAllThoughLinksWereCutAtAnyMomentUnderLoad() throws Exception {
        Random random = new Random(seed);
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").throughProxies()
                .timing(NO_NET).startAll().awaitLinks()) {
            AtomicBoolean done = new AtomicBoolean();
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Random own = new Random(random.nextLong());
                String server = i % 2 == 0 ? "Alford" : "Bolden";
                writers.add(Thread.ofVirtual().start(() -> write(herd, server, own, done)));
            }
            for (int i = 0; i < 25; i++) {
                LockSupport.parkNanos(random.nextLong(40_000_000));
                herd.proxies().forEach(proxy -> proxy.cut());
                LockSupport.parkNanos(random.nextLong(20_000_000));
                heal(herd);
            }
            done.set(true);
            for (Thread writer : writers) {
                Await.end(writer);
            }
            Await.until("both know the same, seed " + seed,
                    () -> herd.status("Alford").digest().equals(herd.status("Bolden").digest()));
            assertThat(herd.stored("Alford")).isEqualTo(herd.stored("Bolden")).hasSizeGreaterThan(CLIENTS / 2);
        }
    }

    private static void write(TestHerd herd, String server, Random random, AtomicBoolean done) {
        try {
            for (int time = 1; !done.get(); time++) {
                report(herd, server, random, 50, time);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isSentWhatItMissedOnceAndNothingThatItKnew() throws IOException {
        Random random = new Random(seed);
        try (TestHerd herd = new TestHerd(dir, "Alford", "Bolden").link("Alford", "Bolden").throughProxies()
                .startAll().awaitLinks()) {
            report(herd, "Alford", random, 3 * CLIENTS, 1);
            herd.awaitSameStores("before the cut", herd.stored("Alford").size());
            awaitAcknowledged();
            cut(herd);
            long sent = link(herd, "Alford").linesSent();
            // At first a comparison may have sent back what came while it was made.
            long sentBack = link(herd, "Bolden").linesSent();
            report(herd, "Alford", random, 500, 2);
            long missed = herd.stored("Alford").values().stream().filter(line -> line.endsWith(" 2")).count();
            heal(herd);
            herd.awaitSameStores("after the cut, seed " + seed, herd.stored("Alford").size());
            assertThat(link(herd, "Alford").linesSent() - sent).as("lines sent, seed %d", seed)
                    .isBetween(missed, missed + 50);
            assertThat(link(herd, "Bolden").linesSent() - sentBack).as("lines sent back").isLessThan(50);
        }
    }

    /** All that was sent is acknowledged with the second heartbeat from now at the latest. */
    private static void awaitAcknowledged() {
        long start = System.nanoTime();
        Await.until("heartbeats have passed",
                () -> System.nanoTime() - start > 3 * TestSettings.TIMING.heartbeat().toNanos());
    }

    @Nested
    class ByWhatIsSaidOnTheLink {
        private void acceptAndAcknowledge(TwoEnds ends) throws IOException {
            try (RawClient client = ends.herd().connect("Alford")) {
                // Before the link begins: what comes while stores are compared may be sent twice.
                client.ask("IAMAT kiwi +34-118 1400794645");
                accept(ends, client);
            }
            ends.herd().awaitLog("Alford", "link to Bolden down");
        }

        private void accept(TwoEnds ends, RawClient client) throws IOException {
            try (FakeNeighbour bolden = ends.accept()) {
                bolden.readLine();
                bolden.send(new LinkMessage.Seen(1));
                bolden.beat();
                // What comes after a line has been read is sent by whoever has read that line.
                client.ask("IAMAT plum +34-118 1400794645");
                bolden.readLine();
            }
        }

        @Test
        void isToldWhatItHasNotAcknowledgedWithoutAQuestion() throws IOException {
            try (TwoEnds ends = new TwoEnds(dir, TestSettings.TIMING, 0)) {
                ends.herd().startAll();
                acceptAndAcknowledge(ends);
                String missed;
                try (RawClient client = ends.herd().connect("Alford")) {
                    missed = client.ask("IAMAT pear +34-118 1400794645");
                }
                try (FakeNeighbour back = ends.acceptWithoutQuestion()) {
                    assertThat(back.connection().readLine()).contains(" plum ");
                    assertThat(back.connection().readLine()).isEqualTo(missed);
                }
            }
        }

        @Test
        void thatWasRestartedIsToldThatFirstAndComparedWithThen() throws IOException {
            try (TwoEnds ends = new TwoEnds(dir, TestSettings.TIMING, 0)) {
                ends.herd().startAll();
                acceptAndAcknowledge(ends);
                try (FakeNeighbour next = ends.acceptWithoutQuestion("f".repeat(FakeNeighbour.NONCE.length()))) {
                    assertThat(next.connection().readLine()).contains(" plum ");
                    next.await(LinkMessage.DigestsWanted.class);
                }
            }
        }
    }
}
