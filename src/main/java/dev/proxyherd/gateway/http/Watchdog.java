package dev.proxyherd.gateway.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Ends what takes too long: interrupts its thread, which closes the connection if it is blocked there. A virtual
 * thread of its own calls {@link #round} again and again, which looks every {@value #PERIOD_MILLIS} ms.
 */
final class Watchdog {
    private static final long PERIOD_MILLIS = 250;

    private final LongSupplier nanos;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    /** @param nanos a clock that only goes forward, as {@link System#nanoTime} */
    Watchdog(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Its clock, in nanoseconds since some time. */
    long now() {
        return nanos.getAsLong();
    }

    /** One stretch of work of the thread that made it; only that thread may use it. */
    final class Watch implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private final ReentrantLock lock = new ReentrantLock();
        private long deadline;
        private boolean limited;
        private boolean barked;

        /** From now on so much time is left. */
        void limit(Duration time) {
            lock.lock();
            try {
                deadline = now() + time.toNanos();
                limited = true;
            } finally {
                lock.unlock();
            }
        }

        /** From now on there is no limit. */
        void lift() {
            lock.lock();
            try {
                limited = false;
            } finally {
                lock.unlock();
            }
        }

        private void look() {
            lock.lock();
            try {
                if (limited && now() - deadline > 0) {
                    limited = false;
                    barked = true;
                    thread.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }

        /** Ends the watch; an interrupt of its own does not outlive it, as the thread may have other work to do. */
        @Override
        public void close() {
            watches.remove(this);
            lock.lock();
            try {
                limited = false;
                if (barked) {
                    Thread.interrupted();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Watches over the calling thread. */
    Watch watch(Duration time) {
        Watch watch = new Watch();
        watch.limit(time);
        watches.add(watch);
        return watch;
    }

    /** Waits for the next look, and looks; true, for there is always another. */
    boolean round() throws InterruptedException {
        Thread.sleep(PERIOD_MILLIS);
        watches.forEach(Watch::look);
        return true;
    }
}
