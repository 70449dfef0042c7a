package dev.proxyherd.net;

import dev.proxyherd.io.HostLimit;
import dev.proxyherd.net.ClientPermit.Kind;
import java.net.InetAddress;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Who gets which {@link ClientPermit}. One thread acquires, one at a time changes how many there are; any may release. */
final class Admission {
    /** Permits that only neighbours may keep, so that a server full of clients still lets them in. */
    private static final int RESERVED = 16;

    private final ResizableSemaphore clients;
    private final Semaphore reserved = new Semaphore(RESERVED);
    private final HostLimit hosts;
    private int total;

    Admission(int connections, HostLimit hosts) {
        this.total = connections;
        this.clients = new ResizableSemaphore(connections);
        this.hosts = hosts;
    }

    /** From now on so many clients may be connected at once; of those that are, none is disconnected. */
    void resize(int connections) {
        clients.change(connections - total);
        total = connections;
    }

    /** What each address holds. */
    HostLimit hosts() {
        return hosts;
    }

    /** As {@link #acquire}, where no neighbour comes: waits for one of the clients' permits, and takes no reserved one. */
    @Nullable
    ClientPermit acquireForClient(InetAddress host) throws InterruptedException {
        if (!hosts.enter(host)) {
            return null;
        }
        boolean acquired = false;
        try {
            clients.acquire();
            acquired = true;
            return ofClient(host);
        } finally {
            if (!acquired) {
                hosts.leave(host);
            }
        }
    }

    private ClientPermit ofClient(InetAddress host) {
        return new ClientPermit(Kind.CLIENT, () -> {
            clients.release();
            hosts.leave(host);
        });
    }

    /**
     * Finds a permit for a connection: one of the clients', or else a reserved one, for which it waits if need be. It does not
     * wait for an address that holds as much as one may, for that would keep all others waiting; a neighbour there has its
     * chance whenever one of the reserved permits is free.
     *
     * @return null if there is none
     */
    @Nullable
    ClientPermit acquire(InetAddress host) throws InterruptedException {
        if (!hosts.enter(host)) {
            return reserved.tryAcquire() ? new ClientPermit(Kind.HOST_FULL, reserved::release) : null;
        }
        if (clients.tryAcquire()) {
            return ofClient(host);
        }
        hosts.leave(host);
        reserved.acquire();
        return new ClientPermit(Kind.SERVER_FULL, reserved::release);
    }

    /** Fewer permits than are out make the number of those left negative, until enough have come back. */
    private static final class ResizableSemaphore extends Semaphore {
        private static final long serialVersionUID = 1L;

        private ResizableSemaphore(int permits) {
            super(permits);
        }

        private void change(int more) {
            if (more > 0) {
                release(more);
            } else {
                reducePermits(-more);
            }
        }
    }
}
