package dev.proxyherd.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * How much all links of a server together keep for neighbours that have not acknowledged it or are away, by
 * {@link dev.proxyherd.protocol.Location#weight weight}. Most of that the store has replaced, so it takes memory besides
 * what is known: a part of what is there for clients. Any threads, which do not wait for each other.
 */
public final class KeepBudget {
    /** However many clients there is room for. */
    public static final int MOST = 1 << 18;

    /** So small a part of the clients that there is room for. */
    public static final int PART_OF_CLIENTS = 8;

    private final IntSupplier clients;
    private final AtomicLong used = new AtomicLong();

    /** @param clients how many the server has room for, which may change */
    public KeepBudget(IntSupplier clients) {
        this.clients = clients;
    }

    /**
     * Takes so much of it, if so much is left; to take less than 0 gives back.
     *
     * @return whether it was left; else nothing is taken
     */
    public boolean take(long weight) {
        if (used.addAndGet(weight) <= most() || weight <= 0) {
            return true;
        }
        used.addAndGet(-weight);
        return false;
    }

    /** Gives back so much of what was taken. */
    public void giveBack(long weight) {
        used.addAndGet(-weight);
    }

    /** How much is taken now. */
    public long used() {
        return used.get();
    }

    private int most() {
        return Math.min(MOST, clients.getAsInt() / PART_OF_CLIENTS);
    }
}
