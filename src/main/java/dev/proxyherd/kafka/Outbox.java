package dev.proxyherd.kafka;

import dev.proxyherd.protocol.Location;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one server has yet to publish under its own keys, conflated: one entry for each client, so that an outage costs memory
 * for each client that changes meanwhile, and never for each change.
 *
 * <p>What this server has heard itself is due at once. What another server of its herd has heard is watched: that server may
 * publish it. It is due when it has not been seen in the topic after {@link #GRACE}, or anything else of that client: a
 * stream of reports which others publish is never up to date here. While the topic is not being read nothing watched is due, and
 * before it has been read nothing at all: it may hold something newer of this server's own, which must not be overwritten.
 *
 * <p>Any thread offers, and none waits. One thread takes what is due and another tells what has become of it; the one that
 * reads the topic tells what it sees.
 */
public final class Outbox {
    /** How long the server that heard a location has to publish it. */
    public static final Duration GRACE = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final ToLongFunction<String> hash;
    private final LongSupplier nanoTime;
    private final OwnKeys keys = new OwnKeys();
    private final LinkedHashMap<String, Waiting> due = new LinkedHashMap<>();

    /** By their deadlines: whoever gets another one goes to the end. */
    private final LinkedHashMap<String, Waiting> watched = new LinkedHashMap<>();
    private final long[] pending = new long[2];
    private int turn;
    private long inFlight;
    private boolean read;
    private boolean live;
    private long liveSince;

    /**
     * What is to be written under this server's key for a client.
     *
     * @param location null where what is there is to be deleted
     * @param overwrites whether it matters to whom that is written: it erases what is there
     * @param turn see {@link #beginTurn}
     */
    public record Entry(String client, @Nullable Location location, boolean overwrites, int turn) {
    }

    private static final class Waiting {
        private final int turn;
        private @Nullable Location location;
        private boolean overwrites;
        private long deadline;

        Waiting(@Nullable Location location, int turn, boolean overwrites) {
            this.location = location;
            this.turn = turn;
            this.overwrites = overwrites;
        }
    }

    /**
     * @param hash of a client's ID, with a key that no client knows
     * @param nanoTime as {@link System#nanoTime}
     */
    public Outbox(ToLongFunction<String> hash, LongSupplier nanoTime) {
        this.hash = hash;
        this.nanoTime = nanoTime;
    }

    /** This server has heard it, or is to publish it for another reason: it is due at once. */
    public void publish(Location location) {
        lock.lock();
        try {
            drop(watched, location.client());
            put(location.client(), location, false);
        } finally {
            lock.unlock();
        }
    }

    /** Another server of the herd has heard it, and may publish it. */
    public void watch(Location location) {
        lock.lock();
        try {
            String client = location.client();
            Waiting queued = due.get(client);
            if (queued != null && queued.location != null) {
                queued.location = Location.newest(queued.location, location);
                return;
            }
            Waiting known = watched.get(client);
            if (known == null) {
                Waiting added = count(new Waiting(location, turn, false));
                added.deadline = nanoTime.getAsLong() + GRACE.toNanos();
                watched.put(client, added);
                wakeIfFirst();
            } else if (known.location != null) {
                known.location = Location.newest(known.location, location);
            }
        } finally {
            lock.unlock();
        }
    }

    /** That the client was forgotten is known here: what is left of it under this server's key is to be overwritten. */
    public void overwrite(Location gone) {
        lock.lock();
        try {
            if (keys.hasLocation(hash.applyAsLong(gone.client()))) {
                put(gone.client(), gone, true);
            }
        } finally {
            lock.unlock();
        }
    }

    /** It has expired here, and all that is older: what is left of it under this server's key is to be deleted. */
    public void delete(Location expired) {
        lock.lock();
        try {
            String client = expired.client();
            dropUnlessNewer(watched, expired);
            dropUnlessNewer(due, expired);
            if (!due.containsKey(client) && keys.has(hash.applyAsLong(client))) {
                put(client, null, true);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * It is in the topic, and may be taken off the queue.
     *
     * @param own whether under one of this server's keys
     */
    public void seen(Location location, boolean own) {
        lock.lock();
        try {
            String client = location.client();
            if (own) {
                keys.put(hash.applyAsLong(client), location.isGone());
            }
            Waiting queued = due.get(client);
            if (queued != null && queued.location != null && !Location.wins(queued.location, location)
                    && (own || !queued.overwrites)) {
                drop(due, client);
            }
            Waiting expected = watched.get(client);
            if (expected != null && expected.location != null) {
                if (Location.wins(expected.location, location)) {
                    watched.remove(client);
                    expected.deadline = nanoTime.getAsLong() + GRACE.toNanos();
                    watched.put(client, expected);
                } else {
                    drop(watched, client);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was under this server's key for the client has been deleted in the topic. */
    public void seenDeleted(String client) {
        lock.lock();
        try {
            keys.remove(hash.applyAsLong(client));
        } finally {
            lock.unlock();
        }
    }

    /** From now on the topic is being read, and is known up to its end; or it is not any more. */
    public void live(boolean isLive) {
        lock.lock();
        try {
            live = isLive;
            read |= isLive;
            liveSince = nanoTime.getAsLong();
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The topic is another one, of which nothing is known. */
    public void forgetTopic() {
        lock.lock();
        try {
            keys.clear();
            read = false;
            live = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is due, or the time is up. */
    public void await(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (left > 0 && !isDue()) {
                left = work.awaitNanos(Math.min(left, untilNext()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Moves up to {@code max} entries that are due to the end of {@code to}, first in line first. */
    public void take(Collection<Entry> to, int max) {
        lock.lock();
        try {
            promote();
            Iterator<Map.Entry<String, Waiting>> first = due.entrySet().iterator();
            for (int i = 0; read && i < max && first.hasNext(); i++) {
                Map.Entry<String, Waiting> next = first.next();
                Waiting taken = next.getValue();
                first.remove();
                inFlight++;
                Location location = taken.location;
                if (location != null) {
                    keys.put(hash.applyAsLong(next.getKey()), location.isGone());
                }
                to.add(new Entry(next.getKey(), location, taken.overwrites, taken.turn));
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was taken is in the topic, or can never be. */
    public void done(Entry entry) {
        lock.lock();
        try {
            inFlight--;
            pending[entry.turn]--;
        } finally {
            lock.unlock();
        }
    }

    /** What was taken is not in the topic, as far as anybody knows: it is due again, unless something newer is. */
    public void failed(Entry entry) {
        lock.lock();
        try {
            inFlight--;
            pending[entry.turn]--;
            Waiting newer = due.get(entry.client);
            if (newer == null) {
                due.put(entry.client, count(new Waiting(entry.location, entry.turn, entry.overwrites)));
            } else {
                newer.overwrites |= entry.overwrites;
                if (newer.location != null && entry.location != null) {
                    newer.location = Location.newest(newer.location, entry.location);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * For which clients something was published since this was last called, to be given to {@link #restoreKeys} after a
     * restart; null where there is so much of it that {@link #allKeys} is less.
     */
    long @Nullable [] takeFreshKeys() {
        lock.lock();
        try {
            return keys.takeFresh();
        } finally {
            lock.unlock();
        }
    }

    /** The same, of all that is in the topic. */
    long[] allKeys() {
        lock.lock();
        try {
            return keys.all();
        } finally {
            lock.unlock();
        }
    }

    /** What a former life of this server has published is in the topic. */
    void restoreKeys(long[] published) {
        lock.lock();
        try {
            keys.putAll(published);
        } finally {
            lock.unlock();
        }
    }

    /** Of how many clients something is in the topic. */
    int keyCount() {
        lock.lock();
        try {
            return keys.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing waits, nor is watched. */
    public boolean isEmpty() {
        lock.lock();
        try {
            return due.isEmpty() && watched.isEmpty() && inFlight == 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many clients wait to be published, what was sent and not acknowledged included; what is only watched does not. */
    public long size() {
        lock.lock();
        try {
            return due.size() + inFlight;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins another turn where the one before has passed: all that is offered from now on is of the new one.
     *
     * @return whether it has begun
     */
    public boolean beginTurn() {
        lock.lock();
        try {
            if (pending[1 - turn] > 0) {
                return false;
            }
            turn = 1 - turn;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all that was offered before the turn began is in the topic, or something newer was offered. */
    public boolean hasPassed() {
        lock.lock();
        try {
            return pending[1 - turn] == 0;
        } finally {
            lock.unlock();
        }
    }

    private void put(String client, @Nullable Location location, boolean overwrites) {
        Waiting queued = due.get(client);
        if (queued == null) {
            due.put(client, count(new Waiting(location, turn, overwrites)));
            wakeIfFirst();
            return;
        }
        queued.overwrites |= overwrites;
        queued.location = queued.location == null || location == null ? location
                : Location.newest(queued.location, location);
    }

    private void wakeIfFirst() {
        if (due.size() + watched.size() == 1 || due.size() == 1) {
            work.signal();
        }
    }

    private Waiting count(Waiting waiting) {
        pending[waiting.turn]++;
        return waiting;
    }

    private void drop(Map<String, Waiting> from, String client) {
        Waiting dropped = from.remove(client);
        if (dropped != null) {
            pending[dropped.turn]--;
        }
    }

    private void dropUnlessNewer(Map<String, Waiting> from, Location location) {
        Waiting found = from.get(location.client());
        if (found != null && found.location != null && !Location.wins(found.location, location)) {
            drop(from, location.client());
        }
    }

    /** What nobody has published in time is due. */
    private void promote() {
        long now = nanoTime.getAsLong();
        Iterator<Map.Entry<String, Waiting>> first = watched.entrySet().iterator();
        while (live && first.hasNext()) {
            Map.Entry<String, Waiting> next = first.next();
            if (deadline(next.getValue()) - now > 0) {
                return;
            }
            first.remove();
            drop(due, next.getKey());
            due.put(next.getKey(), next.getValue());
        }
    }

    private long deadline(Waiting waiting) {
        long afterOutage = liveSince + GRACE.toNanos();
        return waiting.deadline - afterOutage > 0 ? waiting.deadline : afterOutage;
    }

    private boolean isDue() {
        return read && (!due.isEmpty() || untilNext() <= 0);
    }

    private long untilNext() {
        return live && !watched.isEmpty()
                ? deadline(watched.firstEntry().getValue()) - nanoTime.getAsLong()
                : Long.MAX_VALUE;
    }
}
