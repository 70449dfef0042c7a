package dev.proxyherd.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions; the one place where tests wait for time to pass. */
public final class Await {
    /** Far longer than anything takes that works, also where others keep the machine busy. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long POLL_NANOS = 2_000_000;

    private Await() {
    }

    /** Something that may become true. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until the condition holds; fails after {@link #LIMIT}. */
    public static void until(String what, Condition condition) {
        until(what, LIMIT, condition);
    }

    /** Waits until the condition holds and returns how long that took; fails after {@code limit}. */
    public static Duration until(String what, Duration limit, Condition condition) {
        long start = System.nanoTime();
        while (!holds(what, condition)) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("waited " + limit.toMillis() + " ms in vain until " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static boolean holds(String what, Condition condition) {
        try {
            return condition.holds();
        } catch (Exception e) {
            throw new AssertionError("while waiting until " + what, e);
        }
    }

    /** Waits for a thread's end. */
    public static void end(Thread thread) throws InterruptedException {
        if (!thread.join(LIMIT)) {
            throw new AssertionError(thread + " never ended");
        }
    }
}
