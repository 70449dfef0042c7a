package dev.proxyherd.places.upstream;

import dev.proxyherd.geo.Geo;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets at most so many requests at once, and so many a second, through to an upstream. All waiting for it counts against
 * the deadline and ends when it is closed.
 */
final class UpstreamGate implements AutoCloseable {
    /** More than threads can wait for a permit; given out on closing so that each of them goes on and finds it closed. */
    private static final int ALL_WAITING = 1 << 24;

    private final String title;
    private final PlacesLimits limits;
    private final Semaphore permits;
    private final RateLimit rate;
    private final CountDownLatch closed = new CountDownLatch(1);

    UpstreamGate(String title, PlacesLimits limits, PlacesEnvironment environment) {
        this.title = title;
        this.limits = limits;
        this.permits = new Semaphore(limits.maxInFlight(), true);
        this.rate = new RateLimit(limits.perSecond(), environment.nanos());
    }

    /** Waits for a permit and a moment; whoever returns from here must {@link #leave}. */
    void enter(Deadline deadline) throws PlacesException {
        try {
            if (!permits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw overload(limits.maxInFlight() + " requests are under way already");
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        boolean entered = false;
        try {
            long wait = rate.reserve(deadline);
            if (wait == RateLimit.TOO_LATE) {
                throw overload("at most " + Geo.plain(limits.perSecond()) + " requests a second are sent");
            }
            pause(wait);
            entered = true;
        } finally {
            if (!entered) {
                leave();
            }
        }
    }

    /** Gives the permit back. */
    void leave() {
        permits.release();
    }

    /** Waits so long; PlacesException if the gate is closed before that or was so already. */
    void pause(long nanos) throws PlacesException {
        try {
            if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
                throw stopping();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
        permits.release(ALL_WAITING);
    }

    PlacesException stopping() {
        return new PlacesException(Status.UNKNOWN_ERROR, title + " is no longer asked: this server is stopping");
    }

    /** The exception for an asking thread that was interrupted; it stays so. */
    PlacesException interrupted() {
        Thread.currentThread().interrupt();
        return new PlacesException(Status.UNKNOWN_ERROR, title + " did not answer: the lookup was interrupted");
    }

    private PlacesException overload(String why) {
        return new PlacesException(Status.OVER_QUERY_LIMIT, title + " was not asked in time: " + why);
    }
}
