package dev.proxyherd.net;

import java.util.concurrent.atomic.AtomicBoolean;

/** A connection's place among those that a server grants: one of the clients', or one of the few kept for neighbours. */
final class ClientPermit {
    private final Kind kind;
    private final Runnable release;
    private final AtomicBoolean left = new AtomicBoolean();

    /** Who may stay there. */
    enum Kind {
        /** Anyone. */
        CLIENT,
        /** A neighbour, since the server is full. */
        SERVER_FULL,
        /** A neighbour, since its address holds as much as one may. */
        HOST_FULL
    }

    /** @param release gives the place back */
    ClientPermit(Kind kind, Runnable release) {
        this.kind = kind;
        this.release = release;
    }

    Kind kind() {
        return kind;
    }

    /** Whether only a neighbour may stay here. */
    boolean isReserved() {
        return kind != Kind.CLIENT;
    }

    /** Why a client in a reserved place is put out. */
    String refusal() {
        return kind == Kind.SERVER_FULL ? "the server is full" : "its address has as many connections as one may";
    }

    /** Gives the place back; harmless when repeated, and false then. */
    boolean leave() {
        boolean first = left.compareAndSet(false, true);
        if (first) {
            release.run();
        }
        return first;
    }
}
