package dev.proxyherd.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.RandomLocations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports that have yet to be written into the history. */
class HistoryQueueTest {
    private final HistoryQueue queue = new HistoryQueue();
    private final List<Location> taken = new ArrayList<>();

    private static Location report(int time) {
        return RandomLocations.at("AT Alford +0.000000000 kiwi +1+1 " + time);
    }

    @Test
    void areGivenOutInTheOrderInWhichTheyWereHeard() throws InterruptedException {
        for (int time = 10; time > 0; time--) {
            queue.offer(report(time));
        }
        queue.take(taken, 4, Duration.ZERO);
        assertThat(taken).extracting(Location::timeNanos).containsExactly(10_000_000_000L, 9_000_000_000L,
                8_000_000_000L,
                7_000_000_000L);
        queue.take(taken, 100, Duration.ZERO);
        assertThat(taken).hasSize(10);
        assertThat(queue.leftOut()).isZero();
    }

    @Test
    void areLeftOutAndCountedWhereThereIsNoRoom() throws InterruptedException {
        Location report = report(1);
        for (int i = 0; i < HistoryQueue.CAPACITY + 7; i++) {
            queue.offer(report);
        }
        assertThat(queue.leftOut()).isEqualTo(7);
        queue.take(taken, 1, Duration.ZERO);
        queue.offer(report);
        assertThat(queue.leftOut()).isEqualTo(7);
        assertThat(queue.size()).isEqualTo(HistoryQueue.CAPACITY);
    }

    @Test
    void areWaitedForUntilTheTimeIsUp() throws InterruptedException {
        queue.take(taken, 10, Duration.ofMillis(1));
        assertThat(taken).isEmpty();
    }
}
