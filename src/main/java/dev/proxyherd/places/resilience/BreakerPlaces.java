package dev.proxyherd.places.resilience;

import dev.proxyherd.places.DocumentShape;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops asking a dead provider for a while, so that lookups fail at once instead of each waiting for its deadline, and one
 * lookup, not all of them, finds out whether it is back. Only UNKNOWN_ERROR is a sign of death.
 */
public final class BreakerPlaces implements PlacesProvider {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_COUNTED = 1_000_000;

    private final PlacesProvider inner;
    private final BreakerSettings settings;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private int failures;
    private boolean open;
    private boolean trying;
    private long openUntil;

    /** Made once, for a stack trace for each lookup would cost more than the rest of this. */
    private final PlacesException unexpected =
            new PlacesException(Status.UNKNOWN_ERROR, "it failed unexpectedly");

    /** What those who are not let through are told. */
    private PlacesException lastFailure = unexpected;

    public BreakerPlaces(PlacesProvider inner, BreakerSettings settings, LongSupplier nanos) {
        this.inner = inner;
        this.settings = settings;
        this.nanos = nanos;
    }

    @Override
    public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
        boolean trial = enter();
        @Nullable
        PlacesException failure = unexpected;
        try {
            ProviderDocument document = inner.nearby(query);
            DocumentShape shape = document.shape();
            failure = shape.failed() ? shape.failureAsException() : null;
            return document;
        } catch (PlacesException e) {
            failure = e;
            throw e;
        } finally {
            leave(trial, failure);
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
                throw new PlacesException(lastFailure.status(), "The places provider failed " + failures
                        + " times in a row and is not asked for " + Math.ceilDiv(Math.max(left, 1), NANOS_PER_SECOND)
                        + " s; the last failure: " + lastFailure.getMessage());
            }
            trying = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** @param failure null when the lookup succeeded */
    private void leave(boolean trial, @Nullable PlacesException failure) {
        Sign sign = failure == null ? Sign.ALIVE : Sign.of(failure.status());
        lock.lock();
        try {
            trying = trying && !trial;
            if (sign == Sign.ALIVE) {
                failures = 0;
                open = false;
            } else if (failure != null && (sign == Sign.DEAD || trial)) {
                lastFailure = failure;
            }
            if (sign == Sign.DEAD) {
                failures = Math.min(failures + 1, MAX_COUNTED);
            }
            if ((sign != Sign.ALIVE && trial) || (!open && failures >= settings.failures())) {
                open = true;
                openUntil = nanos.getAsLong() + settings.pause().toNanos();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What the end of a lookup says about the provider. */
    private enum Sign {
        ALIVE, DEAD, NONE;

        /** A refusal is an answer; but that it was too much to ask may be said on this side, while all wait for a dead one. */
        static Sign of(Status failure) {
            return switch (failure) {
                case UNKNOWN_ERROR -> DEAD;
                case OVER_QUERY_LIMIT -> NONE;
                case REQUEST_DENIED, INVALID_REQUEST -> ALIVE;
            };
        }
    }
}
