package dev.proxyherd;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits until something holds, looking often, and fails when it takes far longer than it may on a busy machine. */
public final class Await {
    private static final long LIMIT_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long LOOK_NANOS = Duration.ofMillis(2).toNanos();

    private Await() {
    }

    public static void until(String what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new AssertionError("it never came to pass: " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Waits for a thread's end. */
    public static void end(Thread thread) throws InterruptedException {
        if (!thread.join(Duration.ofNanos(LIMIT_NANOS))) {
            throw new AssertionError(thread + " never ended");
        }
    }
}
