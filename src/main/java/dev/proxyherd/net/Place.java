package dev.proxyherd.net;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection's place among those that a server grants: one of the clients', or one of the few kept for neighbours. */
final class Place {
    private final Semaphore places;
    private final boolean reserved;
    private final AtomicBoolean left = new AtomicBoolean();

    private Place(Semaphore places, boolean reserved) {
        this.places = places;
        this.reserved = reserved;
    }

    /** Takes a client's place, or else a reserved one; waits while there is neither. */
    static Place take(Semaphore clients, Semaphore reserved) throws InterruptedException {
        if (clients.tryAcquire()) {
            return new Place(clients, false);
        }
        reserved.acquire();
        return new Place(reserved, true);
    }

    /** Whether only a neighbour may stay here. */
    boolean isReserved() {
        return reserved;
    }

    /** Gives the place back; harmless when repeated. */
    void leave() {
        if (left.compareAndSet(false, true)) {
            places.release();
        }
    }
}
