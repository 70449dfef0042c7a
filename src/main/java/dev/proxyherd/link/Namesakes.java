package dev.proxyherd.link;

import dev.proxyherd.link.handshake.Handshake;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.topology.ServerAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells a neighbour that was restarted from two servers that go by its name, and lets one of the two in.
 *
 * <p>Every nonce that a neighbour proves begins with the life of its process. A life that was never seen is let in at once
 * and takes the place of the one before: a restart must not wait until a half-open connection is found dead. A life that
 * comes back after another has followed it is no restart. Then the one stays that answers at the neighbour's address, for
 * what this server teaches goes there, or else the one that is in; the other is refused while that one is there. The same
 * is found where the link to the neighbour and the one from it are of different lives and both go on.
 *
 * <p>One for each neighbour; safe for any number of threads. It owns which incoming link is the neighbour's.
 */
final class Namesakes {
    /** What a person is to do. */
    static final String MEND = "stop one of them, or give it a name of its own in the topology file";

    /** How many lives are remembered that others have followed; the oldest is forgotten. */
    private static final int LIVES = 16;

    private final String neighbour;
    private final ServerAddress address;
    private final TrafficLog log;
    private final long graceNanos;
    private final Notice notice;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> followed = new LinkedHashSet<>();
    private IncomingLink in;
    private String lastIn;
    private String reached;
    private long reachedSince;
    private String met;
    private long metSince;

    Namesakes(String neighbour, ServerAddress address, TrafficLog log, LinkTiming timing) {
        this.neighbour = neighbour;
        this.address = address;
        this.log = log;
        this.graceNanos = timing.silence().toNanos();
        this.notice = new Notice(timing.namesakeMemory());
    }

    /**
     * Why a process that has proved the neighbour's name is not let in, or null if it is.
     *
     * @param peer where it dials from
     */
    String refusal(String nonce, String peer) {
        String life = Handshake.life(nonce);
        lock.lock();
        try {
            boolean reachesOther = reached != null && !reached.equals(life);
            boolean otherIsIn = in != null && !in.life().equals(life);
            if (!followed.contains(life) || !reachesOther && !otherIsIn) {
                return null;
            }
            if (life.equals(reached)) {
                warn(in.peer(), address.toString());
                return null;
            }
            String other = reachesOther ? address.toString() : in.peer();
            warn(peer, other);
            if (otherIsIn) {
                in.tellOfNamesake(peer);
            }
            return Handshake.NAMESAKE + neighbour + " is running, at " + other + "; " + MEND;
        } finally {
            lock.unlock();
        }
    }

    private void warn(String dialler, String other) {
        String words = "two servers called " + neighbour + " are running, one at " + other + " and one that dials from "
                + dialler + "; " + MEND;
        if (notice.see(words)) {
            log.warn(words);
        }
    }

    /** Lets an incoming link take the place of the one before. */
    void enter(IncomingLink link) {
        lock.lock();
        try {
            if (lastIn != null && !lastIn.equals(link.life())) {
                follow(lastIn);
            }
            followed.remove(link.life());
            lastIn = link.life();
            if (in != null) {
                in.close("the neighbour has dialled again");
            }
            in = link;
        } finally {
            lock.unlock();
        }
    }

    private void follow(String life) {
        followed.add(life);
        if (followed.size() > LIVES) {
            Iterator<String> oldest = followed.iterator();
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

    /** Who answers at the neighbour's address has proved this nonce; it may refuse, as where this server is the one too many. */
    void met(String nonce) {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (met == null || !Handshake.isSameLife(met, nonce)) {
                met = nonce;
                metSince = now;
            }
            if (in != null && !Handshake.isSameLife(met, in.nonce()) && bothGoOn(metSince, now)) {
                warn(in.peer(), address.toString());
                in.tellOfNamesake(address.toString());
            }
        } finally {
            lock.unlock();
        }
    }

    /** A restart, too, leaves a link of the life before, until it is found dead. */
    private boolean bothGoOn(long since, long now) {
        long both = Math.max(since, in.sinceNanos());
        return now - both > graceNanos && in.heardNanos() - both > graceNanos;
    }

    /** The link to the neighbour is up, and this is the nonce of who answers there; or it is down: null. */
    void reach(String nonce) {
        lock.lock();
        try {
            reached = nonce == null ? null : Handshake.life(nonce);
            reachedSince = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** Who answers at the neighbour's address is alive. If another has gone on dialling in, that one loses its link. */
    void heardReached() {
        lock.lock();
        try {
            if (in == null || reached == null || in.life().equals(reached)) {
                return;
            }
            if (bothGoOn(reachedSince, System.nanoTime())) {
                warn(in.peer(), address.toString());
                follow(in.life());
                in.close(Handshake.NAMESAKE + neighbour + " is running, at " + address);
            }
        } finally {
            lock.unlock();
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

    /** Closes the neighbour's own link, if it is open. */
    void close(String reason) {
        lock.lock();
        try {
            if (in != null) {
                in.close(reason);
            }
        } finally {
            lock.unlock();
        }
    }

    /** That there are two, in words, or null. */
    String words() {
        return notice.words();
    }
}
