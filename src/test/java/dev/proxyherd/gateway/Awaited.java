package dev.proxyherd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what will come to pass, as long as it takes and not longer. */
final class Awaited {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(10);

    private Awaited() {
    }

    static void until(Callable<Boolean> condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            while (!condition.call()) {
                assertThat(System.nanoTime() - deadline).as("it did not come to pass in " + LIMIT).isNegative();
                LockSupport.parkNanos(LOOK.toNanos());
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
