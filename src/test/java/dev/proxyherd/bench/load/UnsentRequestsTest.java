package dev.proxyherd.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxyherd.bench.Plans;
import dev.proxyherd.bench.Window;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many requests of an open loop were due and never sent; nothing is sent at all here. */
class UnsentRequestsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static long unsent(Window window, int connections, double rate, int connection) {
        return new OpenLoop(window, Plans.plan(1, connections, 1, rate, 1, 0), connection).unsent();
    }

    /** With a turn of a loop for each of them, a run whose server is away would take as long again to say so. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void areToldAtOnceHoweverManyTheyAre() {
        long day = Duration.ofDays(1).toNanos();
        assertThat(unsent(new Window(5, 0, day), 1, 1e7, 0)).isEqualTo(864_000_000_000L);
    }

    @Test
    void areThoseThatFellDueWhileTheRunMeasuredAsCountedOneByOne() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            long start = random.nextLong();
            long warmup = random.nextInt(3) * SECOND / 7;
            long duration = 1 + random.nextLong(SECOND);
            Window window = new Window(start, warmup, duration);
            if (random.nextBoolean()) {
                window.end(start + random.nextLong(warmup + duration + SECOND / 10) - SECOND / 20);
            }
            int connections = 1 + random.nextInt(5);
            int connection = random.nextInt(connections);
            double rate = random.nextBoolean() ? 1 + random.nextInt(2_000) : random.nextDouble() * 2_000 + 0.5;
            assertThat(unsent(window, connections, rate, connection))
                    .as("round %d of seed %d", round, seed)
                    .isEqualTo(counted(window, start, connections, rate, connection));
        }
    }

    private static long counted(Window window, long start, int connections, double rate, int connection) {
        double every = 1e9 / rate;
        long count = 0;
        for (long number = 0; true; number++) {
            long due = start + (long) (every * connection + every * connections * number);
            if (window.isOver(due)) {
                return count;
            }
            count += window.measures(due) ? 1 : 0;
        }
    }
}
