package dev.proxyherd.link.session;

import dev.proxyherd.link.handshake.Handshake;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.KeepBudget;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a neighbour has yet to be told, conflated: one entry for each client, the newest location wins, and the client
 * keeps its place in line. So a neighbour that reads slowly costs memory bounded by the number of clients, and always
 * gets the newest.
 *
 * <p>It outlives its links, so that a neighbour that was away for a while, and comes back as the same process, is told
 * only what it missed. From the time when all that the store held has arrived there, what was offered since is here, or
 * sent and not acknowledged, or has arrived: then the queue {@code covers} the neighbour. What is sent and not acknowledged,
 * and while no link is up what waits, is kept as far as the {@link KeepBudget} of all links allows; beyond that stores are compared
 * instead. For another process they are compared, too, but after it was sent what was kept for the one before: as a rule it
 * has read a journal, and lacks little else.
 *
 * <p>Any thread may {@link #offer}, which never waits for the neighbour; the link's thread begins and ends, drains and
 * rests, and those that read what the neighbour sends {@link #acknowledge} and {@link #forget}.
 */
final class FloodQueue {
    /** So many locations make no difference. */
    private static final int FEW = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition disturbed = lock.newCondition();
    private final KeepBudget budget;
    private final Unacknowledged sent;
    private LinkedHashMap<String, Location> waiting = new LinkedHashMap<>();
    private String theirNonce = "";
    private @Nullable Object link;
    private boolean covers;
    private boolean follows;
    private boolean awaited;
    private boolean poked;

    /** What those that wait weigh in the budget: nothing while a link is up, which takes them away. */
    private long keptWeight;

    /** @param budget that of all links of this server */
    FloodQueue(KeepBudget budget) {
        this.budget = budget;
        this.sent = new Unacknowledged(budget);
    }

    /**
     * A link is up.
     *
     * @param newLink stands for it
     * @param newNonce the neighbour's, which tells what process it is
     * @return whether the queue holds all that the neighbour lacks; else the stores must be compared
     */
    boolean begin(Object newLink, String newNonce) {
        lock.lock();
        try {
            link = newLink;
            boolean same = Handshake.isSameIncarnation(theirNonce, newNonce);
            follows |= !same && !theirNonce.isEmpty();
            theirNonce = newNonce;
            LinkedHashMap<String, Location> again = new LinkedHashMap<>();
            if (covers) {
                sent.forEach(location -> again.merge(location.client(), location, Location::newest));
                waiting.forEach((client, location) -> again.merge(client, location, Location::newest));
            }
            waiting = again;
            covers &= same;
            budget.giveBack(keptWeight);
            keptWeight = 0;
            sent.begin(covers);
            return covers;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the neighbour is a process that has followed another one here, and has yet to be taught all. Of what it knows
     * itself little is news before. For no two servers this is so of each other: one of them was there first.
     */
    boolean owesAll(String nonce) {
        lock.lock();
        try {
            if (!Handshake.isSameIncarnation(theirNonce, nonce)) {
                return !theirNonce.isEmpty();
            }
            follows &= !sent.isCaughtUp() || sent.onTheWay() > FEW;
            return follows;
        } finally {
            lock.unlock();
        }
    }

    /** The neighbour may lack what it had no room for, which is neither here nor sent: the next link begins with a comparison. */
    void mustCompare() {
        lock.lock();
        try {
            sent.begin(false);
        } finally {
            lock.unlock();
        }
    }

    /** The link is down. */
    void end() {
        lock.lock();
        try {
            link = null;
            covers = sent.isWhole();
            if (covers) {
                keep(waiting.values().stream().mapToLong(Location::weight).sum());
            } else {
                giveUp();
            }
        } finally {
            lock.unlock();
        }
    }

    /** So much more waits for a neighbour that is away. */
    private void keep(long weight) {
        if (budget.take(weight)) {
            keptWeight += weight;
        } else {
            giveUp();
        }
    }

    private void giveUp() {
        covers = false;
        waiting = new LinkedHashMap<>();
        budget.giveBack(keptWeight);
        keptWeight = 0;
        sent.begin(false);
    }

    /** No link will be up any more: keeps nothing. */
    void discard() {
        lock.lock();
        try {
            giveUp();
        } finally {
            lock.unlock();
        }
    }

    /** Queues a client's location unless a newer one is queued already. */
    void offer(String client, Location location) {
        lock.lock();
        try {
            if (link != null) {
                waiting.merge(client, location, Location::newest);
                wake();
            } else if (covers) {
                Location before = waiting.get(client);
                Location after = before == null ? location : Location.newest(before, location);
                waiting.put(client, after);
                keep(after.weight() - (before == null ? 0 : before.weight()));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a location back, or an older one of the same client: the neighbour has it already, or newer.
     *
     * @param nonce the neighbour's on the connection by which the location came: a process that has followed that one may
     *     have lost it
     */
    void forget(Location known, String nonce) {
        lock.lock();
        try {
            Location queued = waiting.isEmpty() ? null : waiting.get(known.client());
            if (queued != null && !Location.wins(queued, known) && Handshake.isSameIncarnation(theirNonce, nonce)) {
                waiting.remove(known.client());
                if (link == null) {
                    keep(-queued.weight());
                }
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

    /** Moves up to {@code max} locations to send, first in line first, to the end of {@code to}; waits for nothing. */
    void drain(List<Location> to, int max) {
        lock.lock();
        try {
            int before = to.size();
            Iterator<Location> first = waiting.values().iterator();
            for (int i = 0; i < max && first.hasNext(); i++) {
                to.add(first.next());
                first.remove();
            }
            sent.add(to.subList(before, to.size()));
        } finally {
            lock.unlock();
        }
    }

    /** Notes others that are sent after what was drained. */
    void addSent(List<Location> others) {
        lock.lock();
        try {
            sent.add(others);
        } finally {
            lock.unlock();
        }
    }

    /** All that the store held when the link began is at the neighbour, or among what was sent. */
    void caughtUp() {
        lock.lock();
        try {
            sent.caughtUp();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The neighbour has taken in what was sent first on a link.
     *
     * @param on that link; what an earlier one tells late is passed over
     * @param count how many locations
     * @return false if so many were never sent
     */
    boolean acknowledge(Object on, long count) {
        lock.lock();
        try {
            return !on.equals(link) || sent.acknowledge(count);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to drain, {@link #poke} was called, or the time is up. */
    void await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (waiting.isEmpty() && !poked && left > 0) {
                awaited = true;
                left = notEmpty.awaitNanos(left);
            }
        } finally {
            awaited = false;
            poked = false;
            lock.unlock();
        }
    }

    /** Waits though there may be something to drain, until {@link #poke} was called or the time is up. */
    void rest(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!poked && left > 0) {
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
}
