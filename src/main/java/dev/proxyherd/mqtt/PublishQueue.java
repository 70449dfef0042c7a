package dev.proxyherd.mqtt;

import dev.proxyherd.protocol.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is yet to be published, conflated: one location for each client, the newest, which keeps its place in line. So a broker
 * that is slow, or away, costs memory for a bounded number of clients. Beyond that the one that has waited longest is given
 * up, and counted. That clients were forgotten goes first, and is given up for nobody's location: the broker would keep theirs for
 * good. Of too many of those some are left out, which the store still knows.
 *
 * <p>Any thread may {@link #offer}, which waits for nobody; one thread takes, and whoever learns of it says what is done.
 */
final class PublishQueue {
    /** How many clients may wait, and as many that were forgotten: some 10 MB of what the store may have replaced meanwhile. */
    static final int MAX_WAITING = 65_536;

    /** How many messages may be on their way to the broker. */
    static final int MAX_UNDER_WAY = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SequencedMap<String, Location> waiting = new LinkedHashMap<>();
    private final SequencedMap<String, Location> forgotten = new LinkedHashMap<>();
    private final Set<Location> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int maxWaiting;
    private long givenUp;
    private boolean leftOut;

    PublishQueue(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    /** Queues a location unless a newer one of the same client is queued already. */
    void offer(Location location) {
        lock.lock();
        try {
            add(location);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void add(Location location) {
        String client = location.client();
        Location known = forgotten.containsKey(client) ? forgotten.get(client) : waiting.get(client);
        Location newest = known == null ? location : Location.newest(known, location);
        if (newest.isGone()) {
            waiting.remove(client);
            forgotten.put(client, newest);
            if (forgotten.size() > maxWaiting) {
                forgotten.pollFirstEntry();
                leftOut = true;
            }
        } else {
            forgotten.remove(client);
            waiting.put(client, newest);
            if (waiting.size() > maxWaiting) {
                waiting.pollFirstEntry();
                givenUp++;
            }
        }
    }

    /** Whether forgotten clients were left out since this was last asked. */
    boolean hasLeftOut() {
        lock.lock();
        try {
            boolean was = leftOut;
            leftOut = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    /** Whether none waits to be taken. */
    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty() && forgotten.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next one, which is under way from now on; waits until there is one, and not too many are under way.
     *
     * @param live whether there is still somebody to publish to; asked again after {@link #poke}
     * @return null when there is nobody
     */
    @Nullable
    Location take(BooleanSupplier live) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (live.getAsBoolean()) {
                Map.Entry<String, Location> next = underWay.size() < MAX_UNDER_WAY ? next() : null;
                if (next != null) {
                    underWay.add(next.getValue());
                    return next.getValue();
                }
                changed.await();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private Map.@Nullable Entry<String, Location> next() {
        return forgotten.isEmpty() ? waiting.pollFirstEntry() : forgotten.pollFirstEntry();
    }

    /** It is at the broker, or need not go there. */
    void done(Location location) {
        lock.lock();
        try {
            underWay.remove(location);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What is under way may not have arrived: it waits again, unless a newer one does. */
    void requeue() {
        lock.lock();
        try {
            List<Location> again = new ArrayList<>(underWay);
            underWay.clear();
            again.forEach(this::add);
        } finally {
            lock.unlock();
        }
    }

    /** Has {@link #take} ask again whether there is somebody. */
    void poke() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all is done, or the time is up.
     *
     * @param live as {@link #take} has it
     */
    void awaitDone(long nanos, BooleanSupplier live) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (live.getAsBoolean() && left > 0
                    && !(waiting.isEmpty() && forgotten.isEmpty() && underWay.isEmpty())) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many clients wait, or are under way. */
    int size() {
        lock.lock();
        try {
            return waiting.size() + forgotten.size() + underWay.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many were given up since there was no room for more. */
    long givenUp() {
        lock.lock();
        try {
            return givenUp;
        } finally {
            lock.unlock();
        }
    }
}
