package dev.proxyherd.link.resync;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a neighbour that teaches has asked about the store, until that is answered: kept as a bit for each bucket, so
 * nothing piles up. The thread that reads asks; the one that writes waits and answers.
 */
public final class Replies {
    /** The neighbour is told after so many locations at the latest. */
    private static final long SEEN_EVERY = 4096;

    /** So many are told when no more follow for the moment. */
    private static final long MANY_UNTOLD = 32;

    private static final long NOTHING_TOLD = -1;

    /** How often is looked whether digests may be told. */
    private static final long LOOK_NANOS = 5_000_000;

    private final LocationStore store;
    private final Expiry expiry;
    private final BooleanSupplier putsOffDigests;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final BitSet entriesWanted = new BitSet(LocationStore.BUCKETS);
    private final BitSet heldWanted = new BitSet(LocationStore.BUCKETS);
    private boolean digestsWanted;
    private @Nullable String conflict;
    private boolean ended;
    private boolean seenDue;
    private volatile long taken;
    private long announced;
    private long told = NOTHING_TOLD;

    /**
     * @param expiry says what is too old to be taught
     * @param putsOffDigests as long as it says so, a question about digests waits
     */
    public Replies(LocationStore store, Expiry expiry, BooleanSupplier putsOffDigests) {
        this.putsOffDigests = putsOffDigests;
        this.store = store;
        this.expiry = expiry;
    }

    /** The neighbour asks for all digests. */
    public void wantDigests() {
        change(() -> digestsWanted = true);
    }

    /** The neighbour asks what is in a bucket; there are no others than those of the store. */
    public void wantEntries(int bucket) {
        if (bucket < LocationStore.BUCKETS) {
            change(() -> entriesWanted.set(bucket));
        }
    }

    /** The neighbour asks whom this server knows in a bucket. */
    public void wantHeld(int bucket) {
        if (bucket < LocationStore.BUCKETS) {
            change(() -> heldWanted.set(bucket));
        }
    }

    /** The neighbour is to know that another server of its name is met at this address. */
    public void tellOfConflict(String address) {
        change(() -> conflict = address);
    }

    /** So many locations that the neighbour has taught have been taken in; from one thread. */
    public void taken(long count) {
        taken = count;
        if (count - announced == SEEN_EVERY) {
            announced = count;
            tellTaken();
        }
    }

    /** No more are here for the moment; from the same thread as {@link #taken}. */
    public void pause() {
        if (taken - announced >= MANY_UNTOLD) {
            announced = taken;
            tellTaken();
        }
    }

    /** The neighbour is to know how many that is, unless it does. */
    public void tellTaken() {
        change(() -> seenDue = true);
    }

    /** Nothing more is to be answered. */
    public void end() {
        change(() -> ended = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a question is there or the time is up; false when the link has ended. */
    public boolean await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!ended && !isDue() && left > 0) {
                long wait = digestsWanted ? Math.min(left, LOOK_NANOS) : left;
                left -= wait - changed.awaitNanos(wait);
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue() {
        return conflict != null || seenDue || !entriesWanted.isEmpty() || !heldWanted.isEmpty() || areDigestsDue();
    }

    private boolean areDigestsDue() {
        return digestsWanted && !putsOffDigests.getAsBoolean();
    }

    /**
     * Answers all that was asked, but of the buckets the first only: {@link #await} then returns at once.
     *
     * @return whether more was asked, so that flushing can wait
     */
    public boolean write(GatheringWriter out) throws IOException {
        boolean seen;
        boolean digests;
        String other;
        int bucket;
        int held;
        boolean more;
        lock.lock();
        try {
            seen = seenDue;
            seenDue = false;
            digests = areDigestsDue();
            digestsWanted &= !digests;
            other = conflict;
            conflict = null;
            bucket = takeFirst(entriesWanted);
            held = takeFirst(heldWanted);
            more = !entriesWanted.isEmpty() || !heldWanted.isEmpty();
        } finally {
            lock.unlock();
        }
        if (other != null) {
            out.write(LinkMessages.write(new LinkMessage.Namesake(other)));
        }
        if (seen) {
            writeSeen(out);
        }
        if (digests) {
            long[] all = new long[LocationStore.BUCKETS];
            Arrays.setAll(all, store::digest);
            out.write(LinkMessages.write(new LinkMessage.Digests(expiry.cutoffs(), all)));
        }
        if (bucket >= 0) {
            long[] all = store.bucket(bucket).stream().mapToLong(Location::fingerprint).toArray();
            write(all, (last, part) -> new LinkMessage.Entries(bucket, last, part), out);
        }
        if (held >= 0) {
            long[] all = store.bucket(held).stream()
                    .flatMapToLong(one -> LongStream.of(store.hashOf(one), one.fingerprint())).toArray();
            write(all, (last, part) -> new LinkMessage.Held(held, last, part), out);
        }
        return more;
    }

    private void writeSeen(GatheringWriter out) throws IOException {
        long count = taken;
        if (count != told) {
            told = count;
            out.write(LinkMessages.write(new LinkMessage.Seen(count)));
        }
    }

    private static int takeFirst(BitSet buckets) {
        int first = buckets.nextSetBit(0);
        if (first >= 0) {
            buckets.clear(first);
        }
        return first;
    }

    private static void write(long[] all, BiFunction<Boolean, long[], LinkMessage> message, GatheringWriter out)
            throws IOException {
        int from = 0;
        for (; all.length - from > LinkMessages.MAX_ENTRIES; from += LinkMessages.MAX_ENTRIES) {
            long[] part = Arrays.copyOfRange(all, from, from + LinkMessages.MAX_ENTRIES);
            out.write(LinkMessages.write(message.apply(false, part)));
        }
        out.write(LinkMessages.write(message.apply(true, Arrays.copyOfRange(all, from, all.length))));
    }
}
