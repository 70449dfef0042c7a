package dev.proxyherd.link.resync;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Finds out what a neighbour lacks at a cost that follows what was missed: compares the digests of all buckets, then,
 * where they differ, the fingerprints of the bucket's locations, and yields those that the neighbour does not have. A
 * bucket that is empty there is yielded whole.
 *
 * <p>The first resync, at the link's start unless there is no need of one, covers all buckets. Later ones start when a heartbeat shows a different
 * store. While updates flow the stores always differ a little, so such a resync covers a few buckets only, and the
 * next one goes on behind them: the cost is bounded and every bucket has its turn. A neighbour many of whose buckets are
 * empty has lost its store, and is taught all of it.
 *
 * <p>A neighbour that has no room for what it lacks is sent no more than it has said that it takes, and then asked whom it
 * knows, of whom it is sent what is newer. When it has room again the comparison goes on. While either has none the stores
 * differ for good, and {@link Pace} tells when to look again.
 *
 * <p>The link's reading thread brings {@link #answer}s; all else is the teaching thread's.
 */
public final class Resync {
    /** Buckets asked about and not yet answered; this bounds what the answers take in memory. */
    private static final int WINDOW = 64;

    /** Nothing more is asked while so many locations that were found missing wait in memory to be sent. */
    private static final int MANY_WAITING = 8192;

    /** Buckets that a resync on a live link covers. */
    private static final int REPAIR_BUCKETS = 4;

    /** One in so many of the buckets that hold something. */
    private static final int MUCH = 16;

    /** More unread answers than the window allows come from no herd server; a bucket may be answered in parts. */
    private static final int MAX_ANSWERS = 4096;

    private final Room room;
    private final LocationStore store;
    private final Pace pace = new Pace();
    private final Credit credit = new Credit();
    private final Queue<LinkMessage> answers = new LinkedBlockingQueue<>(MAX_ANSWERS);
    private final AtomicReference<LinkMessage.Heartbeat> beat = new AtomicReference<>();
    private final BitSet toAsk = new BitSet(LocationStore.BUCKETS);
    private final BitSet asked = new BitSet(LocationStore.BUCKETS);
    private final BitSet toSend = new BitSet(LocationStore.BUCKETS);
    private final Deque<Location> sending = new ArrayDeque<>();
    private long[] theirs = {};
    private boolean first;
    private boolean digestsWanted;
    private boolean digestsAsked;
    private int cursor;
    private Cutoffs theirCutoffs = Cutoffs.NONE;

    /** What the neighbour takes in, as it said last. */
    private volatile long theirRoom = Long.MAX_VALUE;

    /** Whether all buckets are to be looked at, whatever there is room for: what the neighbour knows may be out of date. */
    private boolean wholly;

    /**
     * @param room this server's
     * @param unneeded whether the neighbour needs none at the link's start
     */
    public Resync(Room room, boolean unneeded) {
        this.room = room;
        this.store = room.store();
        this.first = !unneeded;
        this.digestsWanted = !unneeded;
    }

    /** Takes what the neighbour answered, from the reading thread; false if it answers what nobody asked. */
    public boolean answer(LinkMessage message) {
        if (message instanceof LinkMessage.Heartbeat newest) {
            // Only the newest counts, and while the other thread waits to write many may come.
            beat.set(newest);
            return true;
        }
        if (message instanceof LinkMessage.Space space) {
            theirRoom = space.free();
            return true;
        }
        return answers.offer(message);
    }

    /** Compares all buckets once more, from the teaching thread, when nothing is being compared. */
    public void compareAll() {
        first = true;
        digestsWanted = true;
    }

    /** Whether nothing is being compared, and nothing found missing is left to be sent; the teaching thread's. */
    public boolean isAtRest() {
        return isIdle() && !digestsWanted;
    }

    /** Whether there is something to do now, without a further answer. */
    public boolean hasWork() {
        return digestsWanted || beat.get() != null || !answers.isEmpty() || !sending.isEmpty() || !toSend.isEmpty()
                || mayAsk();
    }

    private boolean mayAsk() {
        return !toAsk.isEmpty() && asked.cardinality() < WINDOW && sending.size() < MANY_WAITING;
    }

    /** Looks at what was answered, asks what is to be asked next, and adds up to {@code max} locations to send. */
    public void advance(GatheringWriter out, List<Location> to, int max) throws IOException {
        for (LinkMessage answer = answers.poll(); answer != null; answer = answers.poll()) {
            take(answer);
        }
        LinkMessage.Heartbeat newest = beat.getAndSet(null);
        if (newest != null && isIdle()) {
            digestsWanted = isComparisonDue(newest);
        }
        if (digestsWanted) {
            digestsWanted = false;
            digestsAsked = true;
            out.write(LinkMessages.write(new LinkMessage.DigestsWanted()));
        }
        while (mayAsk()) {
            int bucket = toAsk.nextSetBit(0);
            toAsk.clear(bucket);
            asked.set(bucket);
            out.write(LinkMessages.write(
                    credit.isScarce() ? new LinkMessage.HeldWanted(bucket) : new LinkMessage.EntriesWanted(bucket)));
        }
        for (int i = 0; i < max && findNext(); i++) {
            Location location = sending.remove();
            // What has been replaced since it was found missing is in the flood queue, or came from there.
            if (store.find(location) == location) {
                to.add(location);
            }
        }
    }

    private boolean isComparisonDue(LinkMessage.Heartbeat newest) {
        if (newest.digest() == store.digest()) {
            pace.same();
            credit.forgetKeptBack();
            return false;
        }
        boolean roomThere = theirRoom > 0;
        if (!roomThere) {
            // It may have refused what it was told meanwhile.
            credit.keepBack();
        }
        return pace.differs(roomThere, credit.hasKeptBack() || room.isFull());
    }

    private boolean findNext() {
        while (sending.isEmpty() && !toSend.isEmpty()) {
            int bucket = toSend.nextSetBit(0);
            toSend.clear(bucket);
            send(credit.choose(missing(bucket, new long[0]), location -> false));
        }
        return !sending.isEmpty();
    }

    private void take(LinkMessage answer) throws IOException {
        switch (answer) {
            case LinkMessage.Digests digests when digestsAsked && digests.digests().length == LocationStore.BUCKETS ->
                    compare(digests);
            case LinkMessage.Entries entries when asked.get(entries.bucket()) -> compare(entries);
            case LinkMessage.Held held when asked.get(held.bucket()) -> compare(held);
            default -> throw new IOException("the neighbour answered what nobody asked");
        }
    }

    /** Whether all that was found missing has been yielded, at the link's start at least, and no comparison is under way. */
    public boolean isIdle() {
        return !first && !digestsAsked && asked.isEmpty() && toAsk.isEmpty() && toSend.isEmpty() && sending.isEmpty();
    }

    /** Whether the neighbour may lack something that it had no room for. */
    public boolean hasKeptBack() {
        return credit.hasKeptBack();
    }

    private void compare(LinkMessage.Digests answer) {
        digestsAsked = false;
        theirCutoffs = answer.cutoffs();
        long free = theirRoom;
        boolean all = first || (free > 0 && (credit.hasKeptBack() || hasLostMuch(answer.digests())));
        credit.begin(free, all);
        wholly = first;
        int left = all ? LocationStore.BUCKETS : REPAIR_BUCKETS;
        first = false;
        for (int i = 0; i < LocationStore.BUCKETS && left > 0; i++) {
            int bucket = (cursor + i) % LocationStore.BUCKETS;
            long digest = answer.digests()[bucket];
            if (digest == store.digest(bucket) || store.isEmpty(bucket)) {
                continue;
            }
            if (digest == 0 && credit.isScarce() && !knowsOfForgotten(bucket)) {
                credit.keepBack();
            } else {
                (digest == 0 ? toSend : toAsk).set(bucket);
                left--;
                if (left == 0) {
                    cursor = bucket + 1;
                }
            }
        }
    }

    /** Whether there is something in a bucket that a neighbour takes even if it has no room. */
    private boolean knowsOfForgotten(int bucket) {
        return store.forgotten() > 0 && missing(bucket, new long[0]).stream().anyMatch(Location::isGone);
    }

    /** Updates on their way make buckets differ, but empty only those of clients that are new. */
    private boolean hasLostMuch(long[] theirDigests) {
        int held = 0;
        int lost = 0;
        for (int bucket = 0; bucket < LocationStore.BUCKETS; bucket++) {
            if (store.digest(bucket) != 0) {
                held++;
                lost += theirDigests[bucket] == 0 ? 1 : 0;
            }
        }
        return lost * MUCH > held;
    }

    private void compare(LinkMessage.Entries answer) {
        gather(answer.fingerprints());
        if (answer.last()) {
            asked.clear(answer.bucket());
            Arrays.sort(theirs);
            List<Location> missing = missing(answer.bucket(), theirs);
            if (credit.covers(missing)) {
                send(missing);
            } else {
                // Some of them may be of clients that it knows.
                toAsk.set(answer.bucket());
            }
            theirs = new long[0];
        }
    }

    private void compare(LinkMessage.Held answer) {
        gather(answer.pairs());
        if (answer.last()) {
            asked.clear(answer.bucket());
            long[] clients = every2nd(0);
            List<Location> missing = missing(answer.bucket(), every2nd(1));
            send(credit.choose(missing,
                    location -> Arrays.binarySearch(clients, store.hashOf(location)) >= 0));
            theirs = new long[0];
            if (credit.isUsedUp() && !wholly) {
                cursor = answer.bucket();
                toAsk.clear();
                toSend.clear();
            }
        }
    }

    private void gather(long[] more) {
        int before = theirs.length;
        theirs = Arrays.copyOf(theirs, before + more.length);
        System.arraycopy(more, 0, theirs, before, more.length);
    }

    /** The first or second words of the pairs that were gathered, sorted. */
    private long[] every2nd(int from) {
        return IntStream.range(0, theirs.length / 2).mapToLong(i -> theirs[2 * i + from]).sorted().toArray();
    }

    private void send(List<Location> found) {
        // What weighs more than an ordinary one may be refused, which is no reason to look again soon.
        if (found.stream().anyMatch(location -> !credit.isScarce() || location.weight() == 1)) {
            pace.found();
        }
        sending.addAll(found);
    }

    /**
     * What the bucket holds that the neighbour has not, and would not refuse as expired.
     *
     * @param there the fingerprints of what the neighbour has, sorted
     */
    private List<Location> missing(int bucket, long[] there) {
        List<Location> missing = new ArrayList<>();
        for (Location location : store.bucket(bucket)) {
            if (!theirCutoffs.isPast(location) && Arrays.binarySearch(there, location.fingerprint()) < 0) {
                missing.add(location);
            }
        }
        return missing;
    }
}
