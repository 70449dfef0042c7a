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
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a neighbour that teaches has asked about the store, until that is answered: kept as a bit for each bucket, so
 * nothing piles up. The thread that reads asks; the one that writes waits and answers.
 */
public final class Replies {
    private final LocationStore store;
    private final Expiry expiry;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final BitSet entriesWanted = new BitSet(LocationStore.BUCKETS);
    private final BitSet heldWanted = new BitSet(LocationStore.BUCKETS);
    private boolean digestsWanted;
    private @Nullable String conflict;
    private boolean ended;

    /** @param expiry says what is too old to be taught */
    public Replies(LocationStore store, Expiry expiry) {
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
            while (!ended && !isAsked() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    private boolean isAsked() {
        return digestsWanted || conflict != null || !entriesWanted.isEmpty() || !heldWanted.isEmpty();
    }

    /** Answers all that was asked, but of the buckets the first only: {@link #await} then returns at once. */
    public void write(GatheringWriter out) throws IOException {
        boolean digests;
        String other;
        int bucket;
        int held;
        lock.lock();
        try {
            digests = digestsWanted;
            digestsWanted = false;
            other = conflict;
            conflict = null;
            bucket = takeFirst(entriesWanted);
            held = takeFirst(heldWanted);
        } finally {
            lock.unlock();
        }
        if (other != null) {
            out.write(LinkMessages.write(new LinkMessage.Namesake(other)));
        }
        if (digests) {
            long[] all = new long[LocationStore.BUCKETS];
            Arrays.setAll(all, store::digest);
            out.write(LinkMessages.write(new LinkMessage.Digests(expiry.cutoffNanos(), all)));
        }
        if (bucket >= 0) {
            long[] all = store.bucket(bucket).stream().mapToLong(Location::fingerprint).toArray();
            write(all, (last, part) -> new LinkMessage.Entries(bucket, last, part), out);
        }
        if (held >= 0) {
            long[] all = store.bucket(held).stream()
                    .flatMapToLong(one -> LongStream.of(store.hashOf(one.client()), one.fingerprint())).toArray();
            write(all, (last, part) -> new LinkMessage.Held(held, last, part), out);
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
