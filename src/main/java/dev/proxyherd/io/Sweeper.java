package dev.proxyherd.io;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at every watched socket a few times a second and closes those whose time is up. One for each server; a
 * thread of its own calls {@link #round} again and again.
 */
public final class Sweeper {
    /** A limit is enforced at most this much late. */
    public static final Duration PERIOD = Duration.ofMillis(250);

    private final Set<WatchedSocket> sockets = ConcurrentHashMap.newKeySet();

    /** Watches a socket until {@link #forget}. */
    public void watch(WatchedSocket socket) {
        sockets.add(socket);
    }

    /** Watches the socket no more. */
    public void forget(WatchedSocket socket) {
        sockets.remove(socket);
    }

    /** Waits for the next look, and looks; true, for there is always another. */
    public boolean round() throws InterruptedException {
        Thread.sleep(PERIOD);
        long now = System.nanoTime();
        sockets.forEach(socket -> socket.sweep(now));
        return true;
    }
}
