package dev.proxyherd.link.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.server.Await;
import dev.proxyherd.server.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What heartbeats tell of a neighbour's clock. */
class ClockWatchTest {
    private static final long NOW = 1_400_000_000L;

    private final List<String> warnings = new ArrayList<>();
    private final ClockWatch watch = new ClockWatch("Parker", new TestClock(String.valueOf(NOW)), warnings::add);

    private void hear(int times, double aheadSeconds) {
        for (int i = 0; i < times; i++) {
            watch.heard(NOW * 1_000_000_000L + (long) (aheadSeconds * 1e9));
        }
    }

    @Test
    void thatIsAheadIsToldAtOnceForNoDelayCanMakeItSo() {
        hear(1, 5.1);
        assertThat(warnings).singleElement().asString()
                .startsWith("the clock of Parker is 5.1 s ahead of this server's, which says 2014-");
        hear(100, 5.1);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void thatComesLateIsNoClockThatIsBehind() {
        hear(10, -60);
        hear(1, 0);
        hear(15, -60);
        assertThat(warnings).isEmpty();
    }

    @Test
    void thatStaysBehindIsTold() {
        hear(16, -7);
        assertThat(warnings).singleElement().asString().startsWith("the clock of Parker is 7.0 s behind this server's");
    }

    @Test
    void thatIsWarnedOfHoldsUpNoOtherHeartbeatWhileTheWarningWaits() throws InterruptedException {
        CountDownLatch warning = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        ClockWatch watched = new ClockWatch("Parker", new TestClock(String.valueOf(NOW)), text -> {
            warning.countDown();
            try {
                stuck.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread warned = Thread.ofVirtual().start(() -> watched.heard((NOW + 60) * 1_000_000_000L));
        warning.await();
        Thread other = Thread.ofVirtual().start(() -> watched.heard((NOW + 60) * 1_000_000_000L));
        Await.end(other);
        stuck.countDown();
        Await.end(warned);
    }

    @Test
    void thatIsJustSoFarAwayIsNotToldAgainAndAgain() {
        for (int i = 0; i < 10; i++) {
            hear(20, 5.01);
            hear(20, 4.99);
        }
        assertThat(warnings).hasSize(1);
        hear(20, 3.9);
        assertThat(warnings).hasSize(2).last().asString()
                .isEqualTo("the clock of Parker and this server's agree again");
    }
}
