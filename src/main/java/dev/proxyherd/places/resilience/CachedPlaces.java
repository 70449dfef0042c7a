package dev.proxyherd.places.resilience;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.proxyherd.places.DocumentShape;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import java.util.function.LongSupplier;

/**
 * A short memory of answers that were no failures, nor cut short by one; where there are too many entries or too many
 * bytes, those go first that are asked for least. Not for providers whose terms forbid keeping their content. Caffeine's
 * cache, whose classes load with the first of these; what it has to tidy up the asking thread does, so it has no threads.
 */
public final class CachedPlaces implements PlacesProvider {
    private static final int MAX_BYTES = 16 << 20;

    private final PlacesProvider inner;
    private final Cache<PlacesQuery, ProviderDocument> kept;

    /** @param nanos the clock by which answers grow old, such as {@code System::nanoTime} */
    public CachedPlaces(PlacesProvider inner, CacheSettings settings, LongSupplier nanos) {
        this.inner = inner;
        // Each answer weighs no less than an equal share, so the limit of the bytes is that of the entries, too.
        int share = MAX_BYTES / settings.entries();
        this.kept = Caffeine.newBuilder()
                .maximumWeight((long) share * settings.entries())
                .weigher((PlacesQuery query, ProviderDocument document) -> Math.max(share, document.bytes().length))
                .expireAfterWrite(settings.ttl())
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
        PlacesQuery key = query.unbounded();
        ProviderDocument known = kept.getIfPresent(key);
        if (known != null) {
            return known;
        }
        // Not loaded by the cache itself: that would ask while it holds a lock, and pin the carrier before Java 24.
        ProviderDocument document = inner.nearby(key);
        DocumentShape shape = document.shape();
        // An answer that has something to say of itself is one that a failure cut short.
        if (!shape.failed() && shape.infoMessagesAt() == DocumentShape.NO_INFO_MESSAGES) {
            kept.put(key, document);
        }
        return document;
    }

    @Override
    public void close() {
        inner.close();
    }
}
