package dev.proxyherd.places;

import dev.proxyherd.places.PlacesException.Status;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Stops asking a dead provider for a while, so that lookups fail at once instead of each waiting for its deadline, and one
 * lookup, not all of them, finds out whether it is back. Only UNKNOWN_ERROR is a sign of death: a refusal is an answer, and
 * waiting too long for a place in the line says nothing about the provider.
 */
final class BreakerPlaces implements PlacesProvider {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final PlacesProvider inner;
    private final PlacesSettings.Breaker settings;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private int failures;
    private boolean open;
    private boolean trying;
    private long openUntil;
    private String lastFailure;

    BreakerPlaces(PlacesProvider inner, PlacesSettings.Breaker settings, LongSupplier nanos) {
        this.inner = inner;
        this.settings = settings;
        this.nanos = nanos;
    }

    @Override
    public byte[] nearby(PlacesQuery query) throws PlacesException {
        boolean trial = enter();
        String death = "it failed unexpectedly";
        try {
            byte[] body = inner.nearby(query);
            DocumentShape shape = DocumentScanner.scan(body, 0);
            death = shape.failed() && shape.failure() == Status.UNKNOWN_ERROR ? shape.failureAsException().getMessage() : null;
            return body;
        } catch (PlacesException e) {
            death = e.status() == Status.UNKNOWN_ERROR ? e.getMessage() : null;
            throw e;
        } finally {
            leave(trial, death);
        }
    }

    @Override
    public void close() {
        inner.close();
    }

    /** Lets a lookup through, true if it is the one that tries whether the provider is back, or refuses it. */
    private boolean enter() throws PlacesException {
        lock.lock();
        try {
            if (!open) {
                return false;
            }
            long left = openUntil - nanos.getAsLong();
            if (left > 0 || trying) {
                throw new PlacesException(Status.UNKNOWN_ERROR, "The places provider failed " + failures
                        + " times in a row and is not asked for " + Math.ceilDiv(Math.max(left, 1), NANOS_PER_SECOND)
                        + " s; the last failure: " + lastFailure);
            }
            trying = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void leave(boolean trial, String death) {
        lock.lock();
        try {
            trying = trying && !trial;
            if (death == null) {
                failures = 0;
                open = false;
            } else {
                lastFailure = death;
                failures = Math.min(failures + 1, Integer.MAX_VALUE - 1);
                if (trial || !open && failures >= settings.failures()) {
                    open = true;
                    openUntil = nanos.getAsLong() + settings.pause().toNanos();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
