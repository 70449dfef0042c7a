package dev.proxyherd.places.resilience;

import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.document.DocumentScanner;
import dev.proxyherd.places.document.DocumentShape;
import dev.proxyherd.places.setup.PlacesSettings;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A short memory of answers that were no failures, nor cut short by one: the least recently used go first when there
 * are too many entries or too many bytes. Not for providers whose terms forbid keeping their content.
 */
public final class CachedPlaces implements PlacesProvider {
    private static final long MAX_BYTES = 16 << 20;

    private record Entry(byte[] body, long endNanos) {
    }

    private final PlacesProvider inner;
    private final PlacesSettings.Cache settings;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<PlacesQuery, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    public CachedPlaces(PlacesProvider inner, PlacesSettings.Cache settings, LongSupplier nanos) {
        this.inner = inner;
        this.settings = settings;
        this.nanos = nanos;
    }

    @Override
    public byte[] nearby(PlacesQuery query) throws PlacesException {
        PlacesQuery key = CoalescingPlaces.unbounded(query);
        byte[] kept = find(key);
        if (kept != null) {
            return kept;
        }
        byte[] body = inner.nearby(key);
        DocumentShape shape = DocumentScanner.scan(body, MAX_RESULTS);
        // An answer that has something to say of itself is one that a failure cut short.
        if (!shape.failed() && shape.infoMessagesAt() < 0) {
            keep(key, body);
        }
        return body;
    }

    @Override
    public void close() {
        inner.close();
    }

    private byte[] find(PlacesQuery key) {
        lock.lock();
        try {
            Entry entry = entries.get(key);
            if (entry != null && entry.endNanos - nanos.getAsLong() <= 0) {
                remove(key);
                return null;
            }
            return entry == null ? null : entry.body;
        } finally {
            lock.unlock();
        }
    }

    private void keep(PlacesQuery key, byte[] body) {
        lock.lock();
        try {
            remove(key);
            entries.put(key, new Entry(body, nanos.getAsLong() + settings.ttl().toNanos()));
            bytes += body.length;
            while (entries.size() > settings.entries() || bytes > MAX_BYTES) {
                remove(entries.entrySet().iterator().next().getKey());
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove(PlacesQuery key) {
        Entry gone = entries.remove(key);
        bytes -= gone == null ? 0 : gone.body.length;
    }
}
