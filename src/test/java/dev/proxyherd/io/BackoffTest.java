package dev.proxyherd.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final long[] STEPS_MILLIS = {50, 100, 200, 400, 800, 1600, 2000, 2000, 2000};

    private static Backoff backoff(long seed) {
        return new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), new Random(seed));
    }

    @Test
    void doublesFromTheLeastToTheMostWithAJitterOfHalfAStep() {
        for (long seed = 0; seed < 200; seed++) {
            assertSteps(seed, backoff(seed));
        }
    }

    private static void assertSteps(long seed, Backoff backoff) {
        for (long step : STEPS_MILLIS) {
            assertThat(backoff.nextNanos()).as("seed %d", seed).isBetween(step * 500_000, step * 1_000_000);
        }
    }

    @Test
    void startsAgainWithTheLeastOnceItIsReset() {
        Backoff backoff = backoff(1);
        assertSteps(1, backoff);
        backoff.reset();
        assertSteps(1, backoff);
    }

    @Test
    void keepsServersThatStartTogetherFromDiallingTogether() {
        Set<Long> first = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            first.add(backoff(seed).nextNanos());
        }
        assertThat(first).hasSizeGreaterThan(90);
    }
}
