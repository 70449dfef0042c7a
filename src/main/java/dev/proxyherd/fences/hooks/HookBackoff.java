package dev.proxyherd.fences.hooks;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait between tries of one message: twice as long after each, up to an hour, and at random between half of that and
 * all, so that messages which failed together do not come back together. For one thread.
 */
final class HookBackoff {
    static final Duration LONGEST = Duration.ofHours(1);

    private final RandomGenerator random;
    private Duration next;

    /** @param first how long to wait the first time */
    HookBackoff(Duration first, RandomGenerator random) {
        this.next = first;
        this.random = random;
    }

    /** @param asked the receiver's wish; an hour at most is heard */
    Duration next(@Nullable Duration asked) {
        long nanos = next.toNanos();
        next = shorter(next.multipliedBy(2), LONGEST);
        Duration own = Duration.ofNanos(nanos - random.nextLong(nanos / 2));
        return asked == null || asked.compareTo(own) < 0 ? own : shorter(asked, LONGEST);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
