package dev.proxyherd.net;

import java.util.concurrent.atomic.AtomicBoolean;

/** A connection's permit: one of the clients', or one of the few that are reserved for neighbours. */
final class ClientPermit {
    private final Kind kind;
    private final Runnable giveBack;
    private final AtomicBoolean released = new AtomicBoolean();

    /** Who may hold it. */
    enum Kind {
        /** Anyone. */
        CLIENT,
        /** A neighbour, since the server is full. */
        SERVER_FULL,
        /** A neighbour, since its address holds as much as one may. */
        HOST_FULL
    }

    /** @param giveBack runs once, when it is released */
    ClientPermit(Kind kind, Runnable giveBack) {
        this.kind = kind;
        this.giveBack = giveBack;
    }

    Kind kind() {
        return kind;
    }

    /** Whether only a neighbour may hold it. */
    boolean isReserved() {
        return kind != Kind.CLIENT;
    }

    /** Why a client with a reserved permit is refused. */
    String refusal() {
        return kind == Kind.SERVER_FULL ? "the server is full" : "its address has as many connections as one may";
    }

    /** Whether it has been given back, as a neighbour's is once that has proved itself. */
    boolean isReleased() {
        return released.get();
    }

    /** Gives the permit back; harmless when repeated, and false then. */
    boolean release() {
        boolean first = released.compareAndSet(false, true);
        if (first) {
            giveBack.run();
        }
        return first;
    }
}
