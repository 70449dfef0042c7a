package dev.proxyherd.link.resync;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.LinkContext;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What goes back to a neighbour that teaches: a heartbeat each second, and answers to what it asks about the store. It
 * is a thread of its own, for a reader that waited to write could make both ends wait for each other for ever. What is
 * asked is kept as a bit for each bucket, so nothing piles up.
 */
public final class Replies implements Runnable {
    private final String neighbour;
    private final WatchedSocket socket;
    private final GatheringWriter out;
    private final LinkContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final BitSet entriesWanted = new BitSet(LocationStore.BUCKETS);
    private boolean digestsWanted;
    private String namesake;
    private boolean ended;

    public Replies(String neighbour, WatchedSocket socket, GatheringWriter out, LinkContext context) {
        this.neighbour = neighbour;
        this.socket = socket;
        this.out = out;
        this.context = context;
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

    /** The neighbour is to know that another server of its name is met at this address. */
    public void tellOfNamesake(String address) {
        change(() -> namesake = address);
    }

    /** Lets the thread end. */
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

    @Override
    public void run() {
        Thread.currentThread().setName("link-" + neighbour + "-replies");
        try {
            long nextBeat = System.nanoTime();
            while (await(nextBeat - System.nanoTime())) {
                if (nextBeat - System.nanoTime() <= 0) {
                    out.write(LinkMessages
                            .write(new LinkMessage.Heartbeat(context.store().digest(), context.clockNanos())));
                    nextBeat = System.nanoTime() + context.timing().heartbeat().toNanos();
                }
                answer();
                out.flush();
            }
        } catch (IOException e) {
            socket.close(String.valueOf(e.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error fault) {
            // Without its heartbeats the neighbour would end the link in a while; this says why.
            context.endByFault(socket, "link-" + neighbour + "-replies", fault);
        }
    }

    /** Waits until a question is there or the time is up; false when the link has ended. */
    private boolean await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!ended && !digestsWanted && namesake == null && entriesWanted.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    private void answer() throws IOException {
        boolean digests;
        String other;
        int bucket;
        lock.lock();
        try {
            digests = digestsWanted;
            digestsWanted = false;
            other = namesake;
            namesake = null;
            bucket = entriesWanted.nextSetBit(0);
            if (bucket >= 0) {
                entriesWanted.clear(bucket);
            }
        } finally {
            lock.unlock();
        }
        if (other != null) {
            out.write(LinkMessages.write(new LinkMessage.Namesake(other)));
        }
        if (digests) {
            long[] all = new long[LocationStore.BUCKETS];
            Arrays.setAll(all, context.store()::digest);
            out.write(LinkMessages.write(new LinkMessage.Digests(context.expiry().cutoffNanos(), all)));
        }
        if (bucket >= 0) {
            writeEntries(bucket);
        }
    }

    private void writeEntries(int bucket) throws IOException {
        long[] all = context.store().bucket(bucket).stream().mapToLong(Location::fingerprint).toArray();
        int from = 0;
        for (; all.length - from > LinkMessages.MAX_ENTRIES; from += LinkMessages.MAX_ENTRIES) {
            long[] part = Arrays.copyOfRange(all, from, from + LinkMessages.MAX_ENTRIES);
            out.write(LinkMessages.write(new LinkMessage.Entries(bucket, false, part)));
        }
        out.write(LinkMessages.write(new LinkMessage.Entries(bucket, true, Arrays.copyOfRange(all, from, all.length))));
    }
}
