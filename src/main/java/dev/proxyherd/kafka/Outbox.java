package dev.proxyherd.kafka;

import dev.proxyherd.protocol.Location;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
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
    private final ToLongFunction<Location> hash;
    private final LongSupplier nanoTime;
    private final OwnKeys keys = new OwnKeys();
    private final Turns turns = new Turns();
    private final WaitingClients due = new WaitingClients(turns);

    /** By their deadlines: whoever gets another one goes to the end. */
    private final WaitingClients watched = new WaitingClients(turns);
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

    /**
     * @param hash of the client's ID, with a key that no client knows
     * @param nanoTime as {@link System#nanoTime}
     */
    public Outbox(ToLongFunction<Location> hash, LongSupplier nanoTime) {
        this.hash = hash;
        this.nanoTime = nanoTime;
    }

    /** This server has heard it, or is to publish it for another reason: it is due at once. */
    public void publish(Location location) {
        lock.lock();
        try {
            String client = location.client();
            watched.drop(client);
            put(client, location, false);
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
            Waiting known = queued == null || queued.location == null ? watched.get(client) : queued;
            if (known != null) {
                known.merge(location);
            } else {
                watched.add(client, location, false, turns.current()).deadline = deadline();
                wakeIfFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** That the client was forgotten is known here: what is left of it under this server's key is to be overwritten. */
    public void overwrite(Location gone) {
        lock.lock();
        try {
            if (keys.hasLocation(hash.applyAsLong(gone))) {
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
            watched.dropUnlessNewer(expired);
            due.dropUnlessNewer(expired);
            String client = expired.client();
            if (due.get(client) == null && keys.has(hash.applyAsLong(expired))) {
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
            if (own) {
                keys.put(hash.applyAsLong(location), location.isGone());
            }
            if (due.isEmpty() && watched.isEmpty()) {
                return;
            }
            String client = location.client();
            Waiting queued = due.get(client);
            if (queued != null && queued.isWonBy(location) && (own || !queued.overwrites)) {
                due.drop(client);
            }
            Waiting expected = watched.get(client);
            if (expected != null && expected.isWonBy(location)) {
                watched.drop(client);
            } else if (expected != null) {
                expected.deadline = deadline();
                watched.toEnd(expected);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was under this server's key for the client has been deleted in the topic. */
    public void seenDeleted(String client) {
        lock.lock();
        try {
            keys.remove(hash.applyAsLong(Location.idOnly(client)));
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
            for (int i = 0; read && i < max; i++) {
                Waiting taken = due.poll();
                if (taken == null) {
                    return;
                }
                inFlight++;
                Location location = taken.location;
                if (location != null) {
                    keys.put(hash.applyAsLong(location), location.isGone());
                }
                to.add(new Entry(taken.client, location, taken.overwrites, taken.turn));
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
            turns.remove(entry.turn);
        } finally {
            lock.unlock();
        }
    }

    /** What was taken is not in the topic, as far as anybody knows: it is due again, unless something newer is. */
    public void failed(Entry entry) {
        lock.lock();
        try {
            inFlight--;
            turns.remove(entry.turn);
            Waiting newer = due.get(entry.client);
            if (newer == null) {
                due.add(entry.client, entry.location, entry.overwrites, entry.turn);
            } else {
                newer.overwrites |= entry.overwrites;
                newer.merge(entry.location);
            }
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

    /** Asks for the keys under which this server has something in the topic, alone with them. */
    <T extends @Nullable Object> T withKeys(Function<OwnKeys, T> what) {
        lock.lock();
        try {
            return what.apply(keys);
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
            return turns.begin();
        } finally {
            lock.unlock();
        }
    }

    /** Whether all that was offered before the turn began is in the topic, or something newer was offered. */
    public boolean hasPassed() {
        lock.lock();
        try {
            return turns.isBeforePast();
        } finally {
            lock.unlock();
        }
    }

    private void put(String client, @Nullable Location location, boolean overwrites) {
        Waiting queued = due.get(client);
        if (queued == null) {
            due.add(client, location, overwrites, turns.current());
            wakeIfFirst();
        } else {
            queued.overwrites |= overwrites;
            queued.replace(location);
        }
    }

    private void wakeIfFirst() {
        if (due.size() + watched.size() == 1 || due.size() == 1) {
            work.signal();
        }
    }

    /** Of what is watched from now on. */
    private long deadline() {
        return nanoTime.getAsLong() + GRACE.toNanos();
    }

    /** What nobody has published in time is due. */
    private void promote() {
        while (untilNext() <= 0) {
            watched.moveFirst(due);
        }
    }

    private boolean isDue() {
        return read && (!due.isEmpty() || untilNext() <= 0);
    }

    /** How long until something that is watched is due, in nanoseconds. */
    private long untilNext() {
        Waiting next = live ? watched.first() : null;
        if (next == null) {
            return Long.MAX_VALUE;
        }
        long now = nanoTime.getAsLong();
        return Math.max(next.deadline - now, liveSince + GRACE.toNanos() - now);
    }
}
