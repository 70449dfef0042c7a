package dev.proxyherd.link.session;

import dev.proxyherd.protocol.Location;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a neighbour has yet to be told, conflated: one entry for each client, the newest location wins, and the client
 * keeps its place in line. So a neighbour that reads slowly costs memory bounded by the number of clients, and always
 * gets the newest.
 *
 * <p>Any thread may {@link #offer}, which never waits for the neighbour; the link's thread drains and
 * rests, and the thread that reads what the neighbour sends may {@link #forget}.
 */
final class FloodQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition disturbed = lock.newCondition();
    private final LinkedHashMap<String, Location> waiting = new LinkedHashMap<>();
    private boolean awaited;
    private boolean poked;
    private boolean closed;

    /** Queues a location unless a newer one of the same client is queued already. */
    void offer(Location location) {
        lock.lock();
        try {
            waiting.merge(location.client(), location, Location::newest);
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a location back, or an older one of the same client: the neighbour has it already, or newer. */
    void forget(Location known) {
        lock.lock();
        try {
            Location queued = waiting.isEmpty() ? null : waiting.get(known.client());
            if (queued != null && !Location.wins(queued, known)) {
                waiting.remove(known.client());
            }
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        if (awaited) {
            awaited = false;
            notEmpty.signal();
        }
    }

    /** Moves up to {@code max} locations, first in line first, to the end of {@code to}; waits for nothing. */
    void drain(List<Location> to, int max) {
        lock.lock();
        try {
            Iterator<Map.Entry<String, Location>> first = waiting.entrySet().iterator();
            for (int i = 0; i < max && first.hasNext(); i++) {
                to.add(first.next().getValue());
                first.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to drain, {@link #poke} or {@link #close} was called, or the time is up. */
    void await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (waiting.isEmpty() && !poked && !closed && left > 0) {
                awaited = true;
                left = notEmpty.awaitNanos(left);
            }
        } finally {
            awaited = false;
            poked = false;
            lock.unlock();
        }
    }

    /** Waits though there may be something to drain, until {@link #poke} or {@link #close} was called or the time is up. */
    void rest(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!poked && !closed && left > 0) {
                left = disturbed.awaitNanos(left);
            }
        } finally {
            poked = false;
            lock.unlock();
        }
    }

    /** Ends the current or else the next waiting or resting: there is something to do besides draining. */
    void poke() {
        lock.lock();
        try {
            poked = true;
            wake();
            disturbed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** How many clients are waiting. */
    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Ends waiting and resting; what is queued can still be drained. */
    void close() {
        lock.lock();
        try {
            closed = true;
            wake();
            disturbed.signal();
        } finally {
            lock.unlock();
        }
    }
}
