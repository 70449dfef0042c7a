package dev.proxyherd.store;

import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.SipHash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Every client's newest location: a last-writer-wins map ordered by {@link Location#wins}. In whatever order, and
 * however often, the same locations are merged into two stores, both end with the same content. Safe for any number of
 * threads; it never blocks. That a client was forgotten is stored as its location would be, {@link Location#isGone}.
 *
 * <p>Clients are spread over {@link #BUCKETS} buckets by a keyed hash of their IDs, and each bucket has a digest: the sum of its
 * locations' fingerprints. Sums do not depend on the order of what they add, so two stores with the same content have
 * the same digests, and stores that differ find out where by comparing a few kilobytes. While a location is being
 * merged its digest may lag behind for a moment.
 */
public final class LocationStore {
    /** The same on all servers, a power of two: neighbours compare their stores bucket by bucket. */
    public static final int BUCKETS = 2048;

    private static final int BUCKET_BITS = Integer.numberOfTrailingZeros(BUCKETS);

    private final ConcurrentHashMap<Slot, Slot>[] buckets;
    private final AtomicLongArray digests = new AtomicLongArray(BUCKETS);
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger forgotten = new AtomicInteger();
    private final AtomicLong weight = new AtomicLong();
    private final AtomicLong erasures = new AtomicLong();

    private final SipHash hash;
    private final @Nullable ChangeObserver observer;

    /** A store whose changes nobody observes, compared with no other server's. */
    public LocationStore() {
        this(SipHash.unkeyed(), null);
    }

    /**
     * @param hash tells the buckets and the fingerprints: the same on all servers of a herd, and with a key that no client
     *     knows, lest one aim at a bucket
     * @param observer is told of what {@link #take} stores; null when nobody wants to know
     */
    public LocationStore(SipHash hash, @Nullable ChangeObserver observer) {
        this(hash, observer, 0);
    }

    /**
     * As above, and makes room at once.
     *
     * @param expected how many clients there will soon be: maps that need not grow on the way take them in by a fifth faster
     */
    public LocationStore(SipHash hash, @Nullable ChangeObserver observer, int expected) {
        this.hash = hash;
        this.observer = observer;
        this.buckets = newBuckets(1 + expected / BUCKETS);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ConcurrentHashMap<Slot, Slot>[] newBuckets(int clients) {
        ConcurrentHashMap<Slot, Slot>[] buckets = new ConcurrentHashMap[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] = new ConcurrentHashMap<>(clients);
        }
        return buckets;
    }

    /** A hash of the client's ID, the same on all servers of a herd. */
    public long hashOf(Location location) {
        return location.idHash(hash);
    }

    /** The bucket that the client belongs to, the same on all servers of a herd. */
    public int bucketOf(Location location) {
        return bucketOf(hashOf(location));
    }

    private static int bucketOf(long hash) {
        return (int) (hash >>> (Long.SIZE - BUCKET_BITS));
    }

    /**
     * Takes a location in if it wins against the one that is stored for its client.
     *
     * @return whether it won; a location that is stored already does not
     */
    public boolean merge(Location location) {
        return put(location, null) != null;
    }

    /**
     * As {@link #merge}, and tells the observer.
     *
     * @return what is stored now: the location with its fingerprint; null
     *     if it did not win
     */
    public @Nullable Location take(Location location) {
        return put(location, observer);
    }

    private @Nullable Location put(Location location, @Nullable ChangeObserver told) {
        int bucket = bucketOf(location);
        ConcurrentHashMap<Slot, Slot> slots = buckets[bucket];
        Slot wanted = new Slot(location);
        while (true) {
            Slot slot = slots.get(wanted);
            if (slot == null) {
                Location taken = location.stored(hash);
                slot = new Slot(taken);
                if (slots.putIfAbsent(slot, slot) == null) {
                    return finish(taken, null, slot, bucket, told);
                }
                continue;
            }
            Location stored = slot.location();
            if (stored == null) {
                remove(slot, slots);
            } else if (!Location.wins(location, stored)) {
                return null;
            } else {
                Location taken = location.stored(hash);
                if (slot.replace(stored, taken)) {
                    return finish(taken, stored, slot, bucket, told);
                }
            }
        }
    }

    /** This slot and no other: that of the same client may be a new one by now, and maps would take the two for one. */
    @SuppressWarnings("ReferenceEquality")
    private static void remove(Slot dropped, ConcurrentHashMap<Slot, Slot> slots) {
        slots.computeIfPresent(dropped, (client, slot) -> slot == dropped ? null : slot);
    }

    private Location finish(Location taken, @Nullable Location replaced, Slot slot, int bucket,
            @Nullable ChangeObserver told) {
        digests.addAndGet(bucket, taken.fingerprint() - (replaced == null ? 0 : replaced.fingerprint()));
        if (replaced == null || replaced.isGone() != taken.isGone()) {
            counter(taken).incrementAndGet();
            if (replaced != null) {
                counter(replaced).decrementAndGet();
            }
        }
        if (taken.isGone()) {
            erasures.incrementAndGet();
        }
        int heavier = taken.weight() - (replaced == null ? 0 : replaced.weight());
        if (heavier != 0) {
            weight.addAndGet(heavier);
        }
        if (told != null) {
            told.note(slot);
        }
        return taken;
    }

    private AtomicInteger counter(Location location) {
        return location.isGone() ? forgotten : size;
    }

    private @Nullable Slot slot(Location location) {
        return buckets[bucketOf(location)].get(new Slot(location));
    }

    /** Tells the observer of a location's client, should it be known, as if it had changed. */
    public void noteChanged(Location location) {
        Slot slot = slot(location);
        if (slot != null && observer != null) {
            observer.note(slot);
        }
    }

    /** Drops the locations that are past the cutoffs. */
    public void dropBefore(Cutoffs cutoffs) {
        dropBefore(cutoffs, dropped -> {});
    }

    /** The same, and tells of each of them. */
    public void dropBefore(Cutoffs cutoffs, Consumer<Location> told) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            for (Slot slot : buckets[bucket].keySet()) {
                Location location = slot.location();
                if (location != null && cutoffs.isPast(location) && slot.drop(location)) {
                    remove(slot, buckets[bucket]);
                    digests.addAndGet(bucket, -location.fingerprint());
                    counter(location).decrementAndGet();
                    weight.addAndGet(-location.weight());
                    told.accept(location);
                }
            }
        }
    }

    /** The client's newest location, or that it was forgotten; null if nothing is known. */
    public @Nullable Location find(String client) {
        return Location.isClient(client) ? find(Location.idOnly(client)) : null;
    }

    /** As {@link #find(String)}, for the client of a location. */
    public @Nullable Location find(Location location) {
        Slot slot = slot(location);
        return slot == null ? null : slot.location();
    }

    /** How many clients are known; those that were forgotten are not. */
    public int size() {
        return size.get();
    }

    /** How many clients are known to have been forgotten. */
    public int forgotten() {
        return forgotten.get();
    }

    /** How often it was taken in that a client was forgotten, however long ago, since the store is there. */
    public long erasures() {
        return erasures.get();
    }

    /** How many locations are stored, those of clients that were forgotten too. */
    public int records() {
        return size() + forgotten();
    }

    /** The sum of all {@link Location#weight weights}, those of clients that were forgotten too: how many ordinary clients would take as much memory. */
    public long weight() {
        return weight.get();
    }

    /**
     * The locations in a bucket, in no order. What is merged meanwhile may or may not show; what was there before, or
     * something newer, does.
     */
    public List<Location> bucket(int bucket) {
        List<Location> locations = new ArrayList<>();
        for (Slot slot : buckets[bucket].keySet()) {
            Location location = slot.location();
            if (location != null) {
                locations.add(location);
            }
        }
        return locations;
    }

    /** Whether nothing is in a bucket. */
    public boolean isEmpty(int bucket) {
        return buckets[bucket].isEmpty();
    }

    /** Does something with every location, bucket by bucket, as {@link #bucket} gives them. */
    public void forEach(Consumer<Location> action) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            bucket(bucket).forEach(action);
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

    /** The sum of the fingerprints of the locations that are not past the cutoffs; this looks at all of them. */
    public long digestSince(Cutoffs cutoffs) {
        long[] sum = {0};
        forEach(location -> sum[0] += cutoffs.isPast(location) ? 0 : location.fingerprint());
        return sum[0];
    }
}
