package dev.proxyherd.places.resilience;

import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.upstream.PlacesLimits;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request for identical lookups that are in flight at the same time: the first asks, on its own thread, the others wait
 * for what it gets, be it places or a failure. The bound makes no difference, for every provider is asked for as many as
 * there may be. At most one entry for each asking thread.
 */
public final class CoalescingPlaces implements PlacesProvider {
    private final PlacesProvider inner;
    private final PlacesLimits limits;
    private final ConcurrentHashMap<PlacesQuery, CompletableFuture<ProviderDocument>> inFlight =
            new ConcurrentHashMap<>();

    public CoalescingPlaces(PlacesProvider inner, PlacesLimits limits) {
        this.inner = inner;
        this.limits = limits;
    }

    @Override
    public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
        PlacesQuery key = query.unbounded();
        CompletableFuture<ProviderDocument> mine = new CompletableFuture<>();
        CompletableFuture<ProviderDocument> first = inFlight.putIfAbsent(key, mine);
        return first == null ? lead(key, mine) : follow(key, first);
    }

    @Override
    public void close() {
        inner.close();
    }

    private ProviderDocument lead(PlacesQuery key, CompletableFuture<ProviderDocument> answer) throws PlacesException {
        try {
            ProviderDocument document = inner.nearby(key);
            answer.complete(document);
            return document;
        } catch (PlacesException | RuntimeException e) {
            // Interrupted, this thread says nothing about the provider: the others ask for themselves.
            if (!Thread.currentThread().isInterrupted()) {
                answer.completeExceptionally(e);
            }
            throw e;
        } finally {
            inFlight.remove(key, answer);
            answer.cancel(false);
        }
    }

    private ProviderDocument follow(PlacesQuery key, CompletableFuture<ProviderDocument> answer)
            throws PlacesException {
        try {
            return answer.get(limits.deadline().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PlacesException failure ? failure
                    : new PlacesException(Status.UNKNOWN_ERROR, "The places provider failed", e.getCause());
        } catch (CancellationException e) {
            return inner.nearby(key);
        } catch (TimeoutException e) {
            throw new PlacesException(Status.UNKNOWN_ERROR, "No answer within " + limits.deadline().toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlacesException(Status.UNKNOWN_ERROR, "The lookup was interrupted");
        }
    }
}
