package dev.proxyherd.link.session;

import dev.proxyherd.status.Clocks;
import dev.proxyherd.store.Expiry;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Compares a neighbour's clock, which its heartbeats tell, with this server's, and warns when they begin to differ.
 *
 * <p>A heartbeat takes some time, by which the neighbour's clock seems to be behind: so of the last ones the one that shows
 * it farthest ahead is nearest to the truth, and only when all of them have come is a clock called behind. Safe for any
 * number of threads.
 */
final class ClockWatch {
    /** More than can lie unread when a process goes on that was suspended; with those of both connections some 8 s. */
    private static final int BEATS = 16;

    private static final long SLACK_NANOS = 1_000_000_000;

    private final String neighbour;
    private final InstantSource clock;
    private final Consumer<String> warnings;
    private final ReentrantLock lock = new ReentrantLock();
    private final long[] aheadNanos = new long[BEATS];
    private int heard;
    private boolean warned;

    ClockWatch(String neighbour, InstantSource clock, Consumer<String> warnings) {
        this.neighbour = neighbour;
        this.clock = clock;
        this.warnings = warnings;
    }

    /** The neighbour's clock was this a moment ago, POSIX nanoseconds. */
    void heard(long clockNanos) {
        String warning = null;
        lock.lock();
        try {
            aheadNanos[heard++ % BEATS] = clockNanos - Expiry.nanos(clock.instant());
            long ahead = aheadNanos[0];
            for (int i = 1; i < Math.min(heard, BEATS); i++) {
                ahead = Math.max(ahead, aheadNanos[i]);
            }
            // What was warned of is over when it is well over, or clocks that are just so far apart would be told for ever.
            boolean differs = Clocks.differ(warned ? ahead + Long.signum(ahead) * SLACK_NANOS : ahead)
                    && (ahead > 0 || heard >= BEATS);
            if (differs && !warned) {
                warning = "the clock of " + neighbour + " is " + Clocks.words(ahead) + " this server's, which says "
                        + clock.instant() + "; " + Clocks.REPAIR;
            } else if (warned && !differs) {
                warning = "the clock of " + neighbour + " and this server's agree again";
            }
            warned = differs;
            heard = heard == 2 * BEATS ? BEATS : heard;
        } finally {
            lock.unlock();
        }
        if (warning != null) {
            // Without the lock: a log that waits for its disk must not hold up the other link's heartbeats.
            warnings.accept(warning);
        }
    }
}
