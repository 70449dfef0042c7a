package dev.proxyherd.cli.options;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a signal end something early and in order: what it does is told to stop, on the JVM's shutdown thread, and the exit
 * waits until what came of it is out. To be closed then.
 */
public final class OnSignal implements AutoCloseable {
    /** As long as somebody waits who has pressed Ctrl-C; what is still owed by then is given up. */
    private static final long LIMIT_SECONDS = 5;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    public OnSignal(Runnable stop) {
        hook = Thread.ofPlatform().name("stop").unstarted(() -> end(stop));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end(Runnable stop) {
        stop.run();
        try {
            over.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is stopping: the hook is what made this end.
        }
    }
}
