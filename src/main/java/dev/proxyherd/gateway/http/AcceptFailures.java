package dev.proxyherd.gateway.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Slows the JDK's HTTP server down while it cannot accept, as when there are no file descriptors left, and tells it.
 *
 * <p>Its dispatcher tries again at once, for ever, and takes a core; nothing can be set about that. But it reports each
 * failure to its logger, on its own thread and in vain, as that level is off. Here the level is on for a moment now and then, and
 * for as long as accepts fail, and this is the logger's filter: the failure is told to those who listen, the thread rests for 10 ms, and longer each time up to
 * 200 ms (it also serves the connections that are open), and nothing is logged that would not have been otherwise. Always on, the level
 * would have each request make eight records for nobody. Where a later Java reports no failures, or others, all is as without this.
 *
 * <p>There is one for all HTTP ports of the process, as loggers and file descriptors are the process's.
 */
final class AcceptFailures implements Filter {
    private static final String LOGGER = "com.sun.net.httpserver";
    private static final String FAILED = "Dispatcher (4)";
    private static final Duration SHORTEST_REST = Duration.ofMillis(10);
    private static final Duration LONGEST_REST = Duration.ofMillis(200);

    /** After so long without a failure the next one is another outage. */
    private static final Duration OUTAGE = Duration.ofSeconds(10);

    /** How long the level is on where all is well: a dispatcher that spins fails some hundred times meanwhile. */
    private static final Duration LISTEN = Duration.ofMillis(5);

    private static final Duration PAUSE = Duration.ofMillis(245);

    private final Logger logger;

    /** What was logged before this came; null where nothing is set, and a parent's level counts. */
    private final @Nullable Filter before;
    private final @Nullable Level ownLevelBefore;
    private final int levelBefore;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    /** When each dispatcher has failed last, and how long it has rested then, in nanoseconds. */
    private final Map<Thread, long[]> rests = new ConcurrentHashMap<>();

    /** When a dispatcher has failed last, on the clock of {@link System#nanoTime}. */
    private volatile long lastFailure = System.nanoTime() - OUTAGE.toNanos();

    /** Wants to know of accepts that have failed. */
    interface Listener {
        /** @param isFirst whether it is the first one of an outage */
        void failed(IOException cause, boolean isFirst);
    }

    /** @param logger whose filter this is to be */
    AcceptFailures(Logger logger) {
        this.logger = logger;
        this.before = logger.getFilter();
        this.ownLevelBefore = logger.getLevel();
        Level level = Level.INFO;
        for (Logger one = logger; one != null; one = one.getParent()) {
            if (one.getLevel() != null) {
                level = one.getLevel();
                break;
            }
        }
        this.levelBefore = level.intValue();
    }

    /** The one of this process. */
    static AcceptFailures ofProcess() {
        Logger logger = Logger.getLogger(LOGGER);
        synchronized (logger) {
            if (logger.getFilter() instanceof AcceptFailures installed) {
                return installed;
            }
            AcceptFailures failures = new AcceptFailures(logger);
            logger.setFilter(failures);
            return failures;
        }
    }

    /** From now on the listener is told, on the thread of the HTTP server that cannot accept. */
    void tell(Listener listener) {
        rests.keySet().removeIf(thread -> !thread.isAlive());
        listeners.add(listener);
    }

    void tellNoMore(Listener listener) {
        listeners.remove(listener);
    }

    /**
     * Listens for a moment, or until accepts have not failed for a while, and pauses; true, for there is always another round. Each port has a
     * thread that does this: where one ends to listen while another has just begun, the next round hears what is to be heard.
     */
    boolean round() throws InterruptedException {
        if (levelBefore > Level.FINER.intValue()) {
            logger.setLevel(Level.FINER);
        }
        try {
            Thread.sleep(LISTEN);
            while (System.nanoTime() - lastFailure < OUTAGE.toNanos()) {
                Thread.sleep(PAUSE);
            }
        } finally {
            logger.setLevel(ownLevelBefore);
        }
        Thread.sleep(PAUSE);
        return true;
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        if (FAILED.equals(record.getMessage()) && record.getThrown() instanceof IOException cause) {
            failed(cause);
        }
        return record.getLevel().intValue() >= levelBefore && (before == null || before.isLoggable(record));
    }

    /** No class is loaded here that was not before: without file descriptors that fails, too. */
    private void failed(IOException cause) {
        long now = System.nanoTime();
        long[] last = rests.get(Thread.currentThread());
        boolean isFirst = last == null || now - last[0] > OUTAGE.toNanos();
        long restNanos =
                last == null || isFirst ? SHORTEST_REST.toNanos() : Math.min(2 * last[1], LONGEST_REST.toNanos());
        rests.put(Thread.currentThread(), new long[] {now, restNanos});
        lastFailure = now;
        for (Listener listener : listeners) {
            try {
                listener.failed(cause, isFirst);
            } catch (RuntimeException | Error fault) {
                // The thread is the only one that accepts, and must not end by what is told of it.
            }
        }
        LockSupport.parkNanos(restNanos);
    }
}
