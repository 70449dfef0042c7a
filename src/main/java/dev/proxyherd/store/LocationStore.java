package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * Every client's newest location: a last-writer-wins map ordered by {@link Location#wins}. In whatever order, and
 * however often, the same locations are merged into two stores, both end with the same content. Safe for any number of
 * threads; it never blocks.
 *
 * <p>Clients are spread over {@link #BUCKETS} buckets by their IDs, and each bucket has a digest: the sum of its
 * locations' fingerprints. Sums do not depend on the order of what they add, so two stores with the same content have
 * the same digests, and stores that differ find out where by comparing a few kilobytes. While a location is being
 * merged its digest may lag behind for a moment.
 */
public final class LocationStore {
    /** The same on all servers, a power of two: neighbours compare their stores bucket by bucket. */
    public static final int BUCKETS = 2048;

    private static final int BUCKET_BITS = Integer.numberOfTrailingZeros(BUCKETS);

    /** Spreads string hashes, whose high bits are poor; the odd number nearest to 2^32 divided by the golden ratio. */
    private static final int SPREAD = 0x9E3779B9;

    private final ConcurrentHashMap<String, Location>[] buckets = newBuckets();
    private final AtomicLongArray digests = new AtomicLongArray(BUCKETS);
    private final AtomicInteger size = new AtomicInteger();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ConcurrentHashMap<String, Location>[] newBuckets() {
        ConcurrentHashMap<String, Location>[] buckets = new ConcurrentHashMap[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] = new ConcurrentHashMap<>(1);
        }
        return buckets;
    }

    /** The bucket that the client belongs to, the same on all servers. */
    public static int bucketOf(String client) {
        return client.hashCode() * SPREAD >>> Integer.SIZE - BUCKET_BITS;
    }

    /**
     * Takes a location in if it wins against the one that is stored for its client.
     *
     * @return whether it won; a location that is stored already does not
     */
    public boolean merge(Location location) {
        int bucket = bucketOf(location.client());
        ConcurrentHashMap<String, Location> locations = buckets[bucket];
        while (true) {
            Location stored = locations.get(location.client());
            if (stored == null) {
                if (locations.putIfAbsent(location.client(), location) == null) {
                    digests.addAndGet(bucket, location.fingerprint());
                    size.incrementAndGet();
                    return true;
                }
            } else if (!Location.wins(location, stored)) {
                return false;
            } else if (locations.replace(location.client(), stored, location.sharingId(stored))) {
                digests.addAndGet(bucket, location.fingerprint() - stored.fingerprint());
                return true;
            }
        }
    }

    /** Drops the locations whose client time is before the cutoff, in POSIX nanoseconds. */
    public void dropBefore(long cutoffNanos) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            for (Location location : buckets[bucket].values()) {
                if (location.timeNanos() < cutoffNanos && buckets[bucket].remove(location.client(), location)) {
                    digests.addAndGet(bucket, -location.fingerprint());
                    size.decrementAndGet();
                }
            }
        }
    }

    /** The client's newest location, or null if none is known. */
    public Location find(String client) {
        return buckets[bucketOf(client)].get(client);
    }

    /** How many clients are known. */
    public int size() {
        return size.get();
    }

    /**
     * The locations in a bucket, in no order. What is merged while one iterates may or may not show; what was there
     * before, or something newer, does.
     */
    public Collection<Location> bucket(int bucket) {
        return buckets[bucket].values();
    }

    /** Does something with every location, bucket by bucket, as {@link #bucket} gives them. */
    public void forEach(Consumer<Location> action) {
        for (ConcurrentHashMap<String, Location> locations : buckets) {
            locations.values().forEach(action);
        }
    }

    /** The sum of the fingerprints in a bucket; 0 when it is empty. */
    public long digest(int bucket) {
        return digests.get(bucket);
    }

    /** The sum of all fingerprints: equal on servers that know the same. */
    public long digest() {
        long sum = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            sum += digests.get(bucket);
        }
        return sum;
    }

    /** The sum of the fingerprints of the locations that are not before the cutoff; this looks at all of them. */
    public long digestSince(long cutoffNanos) {
        long sum = 0;
        for (ConcurrentHashMap<String, Location> locations : buckets) {
            for (Location location : locations.values()) {
                sum += location.timeNanos() < cutoffNanos ? 0 : location.fingerprint();
            }
        }
        return sum;
    }
}
