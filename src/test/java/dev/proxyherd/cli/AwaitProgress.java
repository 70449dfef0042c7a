package dev.proxyherd.cli;

import dev.proxyherd.server.Await;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Waits for a process by what it does, not by the clock alone: training a class archive takes seconds of a processor, and
 * minutes where many others want that processor. One that goes without a second of it for {@link Await#LIMIT}, or that
 * computes for that long, hangs.
 */
public final class AwaitProgress {
    private static final Duration PROGRESS = Duration.ofSeconds(1);
    private static final long LOOK_NANOS = 500_000_000;

    private final Process process;

    /** What it and each of its children, those that have ended too, have used of a processor. */
    private final Map<Long, Duration> used = new HashMap<>();

    private Duration usedAtProgress = Duration.ZERO;
    private long progressAt = System.nanoTime();
    private long lookedAt = progressAt;

    private AwaitProgress(Process process) {
        this.process = process;
    }

    /** Waits until the condition holds; fails when the process hangs. */
    public static void until(String what, Process process, Await.Condition condition) {
        AwaitProgress progress = new AwaitProgress(process);
        Await.until(what, Duration.ofDays(1), () -> {
            if (condition.holds()) {
                return true;
            }
            progress.check();
            return false;
        });
    }

    private void check() {
        long now = System.nanoTime();
        if (now - lookedAt < LOOK_NANOS) {
            return;
        }
        lookedAt = now;
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .forEach(one -> one.info().totalCpuDuration().ifPresent(cpu -> used.put(one.pid(), cpu)));
        Duration all = used.values().stream().reduce(Duration.ZERO, Duration::plus);
        if (all.minus(usedAtProgress).compareTo(PROGRESS) >= 0) {
            usedAtProgress = all;
            progressAt = now;
        }
        if (all.compareTo(Await.LIMIT) > 0 || now - progressAt > Await.LIMIT.toNanos()) {
            throw new AssertionError("the process hangs, having computed for " + all + ": " + process.info());
        }
    }
}
