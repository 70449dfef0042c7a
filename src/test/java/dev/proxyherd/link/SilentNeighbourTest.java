package dev.proxyherd.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.proxyherd.io.Sweeper;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.server.Await;
import dev.proxyherd.server.FakeNeighbour;
import dev.proxyherd.server.RawClient;
import dev.proxyherd.server.TestSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** A neighbour that hangs is told from one that has nothing to say. */
class SilentNeighbourTest {
    private static final LinkTiming TIMING = TestSettings.timing(Duration.ofSeconds(1));

    @TempDir
    private Path dir;

    @Test
    void isNoticedWithinFiveSecondsWithStandardTiming() {
        LinkTiming standard = LinkTiming.standard();

        assertThat(standard.silence().plus(Sweeper.PERIOD)).isLessThan(Duration.ofSeconds(5));
        assertThat(standard.heartbeat()).as("a heartbeat or two may come late")
                .isLessThan(standard.silence().dividedBy(3));
    }

    @Test
    @Execution(CONCURRENT)
    void losesTheLinkThatItAccepted() throws IOException {
        try (TwoEnds ends = new TwoEnds(dir, TIMING, 0)) {
            ends.herd().startAll();
            try (FakeNeighbour hung = ends.accept()) {
                Await.until("the link is closed", hung.connection()::isClosedByServer);
            }
            ends.herd().awaitLog("Alford", "link to Bolden down: nothing heard for too long");
            ends.accept().close();
        }
    }

    @Test
    @Execution(CONCURRENT)
    void losesTheLinkThatItDialled() throws IOException {
        try (TwoEnds ends = new TwoEnds(dir, TIMING, 0)) {
            ends.herd().startAll();
            try (FakeNeighbour hung = FakeNeighbour.dial(ends.herd(), "Bolden", "Alford")) {
                Await.until("the link is closed", hung.connection()::isClosedByServer);
            }
            ends.herd().awaitLog("Alford", "link from Bolden down: nothing heard for too long");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void isNoticedEvenWhileAlfordWaitsToWriteToIt() throws IOException {
        try (TwoEnds ends = new TwoEnds(dir, TIMING, 4096)) {
            ends.herd().startAll();
            SlowNeighbourTest.fillStore(ends.herd(), 5_000, 2_000);
            try (FakeNeighbour hung = ends.accept()) {
                hung.readLine();
                ends.herd().awaitLog("Alford", "link to Bolden down: nothing heard for too long");
            }
        }
    }

    @Test
    @Execution(CONCURRENT)
    void keepsItsLinksAsLongAsItsHeartBeats() throws IOException {
        try (TwoEnds ends = new TwoEnds(dir, TIMING, 0)) {
            ends.herd().startAll();
            try (FakeNeighbour accepted = ends.accept();
                    FakeNeighbour dialled = FakeNeighbour.dial(ends.herd(), "Bolden", "Alford")) {
                ends.beat(accepted);
                ends.beat(dialled);
                awaitMoreThanTheSilence();
                dialled.send("AT Bolden +0.000000001 kiwi +34-118 1400794645");
                Await.until("Alford learns", () -> ends.herd().stored("Alford", "kiwi") != null);
                try (RawClient client = ends.herd().connect("Alford")) {
                    assertThat(client.ask("IAMAT apple +1-1 1400794645")).isEqualTo(accepted.readLine());
                }
                assertThat(ends.herd().log("Alford")).doesNotContain("down");
            }
        }
    }

    private static void awaitMoreThanTheSilence() {
        long until = System.nanoTime() + TIMING.silence().plus(Sweeper.PERIOD).multipliedBy(3).dividedBy(2).toNanos();
        Await.until("more than the silence has passed", () -> System.nanoTime() - until > 0);
    }
}
