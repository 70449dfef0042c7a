package dev.proxyherd.link.session;

import dev.proxyherd.link.handshake.Handshake;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.topology.ServerAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells a neighbour that was restarted from two servers that go by its name, and lets one of the two in.
 *
 * <p>Every nonce that a neighbour proves begins with the incarnation of its process. An incarnation that was never seen is
 * let in at once and replaces the one before: a restart must not wait until a half-open connection is found dead. An
 * incarnation that comes back after another has replaced it is no restart. Then the one stays that answers at the
 * neighbour's address, for what this server teaches goes there, or else the one that is in; the other is refused while that
 * one is there. The same is found where the link to the neighbour and the one from it are of different incarnations and both
 * go on.
 *
 * <p>One for each neighbour; safe for any number of threads. It owns which incoming link is the neighbour's. Nothing is
 * logged while its lock is held: a log that waits for its disk must not hold up the neighbour's heartbeats.
 */
final class NameConflict {
    /** What a person is to do. */
    static final String REMEDY = "stop one of them, or give it a name of its own in the topology file";

    /** How many incarnations are remembered that others have replaced; the oldest is forgotten. */
    private static final int MAX_REPLACED = 16;

    private final String neighbour;
    private final TrafficLog log;
    private final long graceNanos;
    private final Alert alert;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> replaced = new LinkedHashSet<>();
    private volatile ServerAddress address;
    private @Nullable String over;
    private @Nullable IncomingLink in;
    private @Nullable String lastIn;
    private @Nullable String reached;
    private long reachedSince;
    private @Nullable String met;
    private long metSince;

    NameConflict(String neighbour, ServerAddress address, TrafficLog log, LinkTiming timing) {
        this.neighbour = neighbour;
        this.address = address;
        this.log = log;
        this.graceNanos = timing.silence().toNanos();
        this.alert = new Alert(timing.conflictMemory());
    }

    /**
     * Why a process that has proved the neighbour's name is not let in, or null if it is.
     *
     * @param peer where it dials from
     */
    @Nullable
    String refusal(String nonce, String peer) {
        String incarnation = Handshake.incarnation(nonce);
        String dialler;
        String other;
        boolean refused;
        lock.lock();
        try {
            boolean reachesOther = reached != null && !reached.equals(incarnation);
            IncomingLink otherIn = in == null || in.incarnation().equals(incarnation) ? null : in;
            if (!replaced.contains(incarnation) || (!reachesOther && otherIn == null)) {
                return null;
            }
            refused = !incarnation.equals(reached);
            dialler = refused || otherIn == null ? peer : otherIn.peer();
            other = refused && !reachesOther && otherIn != null ? otherIn.peer() : address.toString();
            if (refused && otherIn != null) {
                otherIn.tellOfConflict(peer);
            }
        } finally {
            lock.unlock();
        }
        warn(other, dialler);
        return refused ? Handshake.CONFLICT + neighbour + " is running, at " + other + "; " + REMEDY : null;
    }

    /** Tells once for as long as it goes on; called without the lock. */
    private void warn(String other, String dialler) {
        String text = "two servers called " + neighbour + " are running, one at " + other + " and one that dials from "
                + dialler + "; " + REMEDY;
        if (alert.raise(text)) {
            log.warn(text);
        }
    }

    /** Lets an incoming link replace the one before. */
    void enter(IncomingLink link) {
        lock.lock();
        try {
            if (lastIn != null && !lastIn.equals(link.incarnation())) {
                replace(lastIn);
            }
            replaced.remove(link.incarnation());
            lastIn = link.incarnation();
            if (in != null) {
                in.close("the neighbour has dialled again");
            }
            in = link;
            if (over != null) {
                link.close(over);
            }
        } finally {
            lock.unlock();
        }
    }

    private void replace(String incarnation) {
        replaced.add(incarnation);
        if (replaced.size() > MAX_REPLACED) {
            Iterator<String> oldest = replaced.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** An incoming link has ended. */
    void leave(IncomingLink link) {
        lock.lock();
        try {
            in = in == link ? null : in;
        } finally {
            lock.unlock();
        }
    }

    /** Who answers at the neighbour's address has proved this nonce; it may have refused, as where this server is the one too many. */
    void met(String nonce) {
        String dialler = null;
        lock.lock();
        try {
            String incarnation = Handshake.incarnation(nonce);
            long now = System.nanoTime();
            if (!incarnation.equals(met)) {
                met = incarnation;
                metSince = now;
            }
            if (in != null && !in.incarnation().equals(incarnation) && bothGoOn(in, metSince, now)) {
                dialler = in.peer();
                in.tellOfConflict(address.toString());
            }
        } finally {
            lock.unlock();
        }
        if (dialler != null) {
            warn(address.toString(), dialler);
        }
    }

    /** A restart, too, leaves a link of the incarnation before, until it is found dead. */
    private boolean bothGoOn(IncomingLink link, long since, long now) {
        long both = Math.max(since, link.sinceNanos());
        return now - both > graceNanos && link.heardNanos() - both > graceNanos;
    }

    /** The link to the neighbour is up, and this is the nonce of who answers there; or it is down: null. */
    void reach(@Nullable String nonce) {
        lock.lock();
        try {
            reached = nonce == null ? null : Handshake.incarnation(nonce);
            reachedSince = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** Who answers at the neighbour's address is alive. If another has gone on dialling in, that one loses its link. */
    void heardReached() {
        String dialler = null;
        lock.lock();
        try {
            if (in != null && reached != null && !in.incarnation().equals(reached)
                    && bothGoOn(in, reachedSince, System.nanoTime())) {
                dialler = in.peer();
                replace(in.incarnation());
                in.close(Handshake.CONFLICT + neighbour + " is running, at " + address);
            }
        } finally {
            lock.unlock();
        }
        if (dialler != null) {
            warn(address.toString(), dialler);
        }
    }

    /** Whether the neighbour's own link to this server is open. */
    boolean isIn() {
        lock.lock();
        try {
            return in != null;
        } finally {
            lock.unlock();
        }
    }

    /** The neighbour listens there from now on. */
    void move(ServerAddress to) {
        address = to;
    }

    /** Closes the neighbour's own link, if it is open, and any that is let in hereafter. */
    void close(String reason) {
        lock.lock();
        try {
            over = reason;
            if (in != null) {
                in.close(reason);
            }
        } finally {
            lock.unlock();
        }
    }

    /** That there are two, or null. */
    @Nullable
    String text() {
        return alert.text();
    }
}
