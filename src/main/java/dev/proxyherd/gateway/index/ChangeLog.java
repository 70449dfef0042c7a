package dev.proxyherd.gateway.index;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All clients in the order of their last change: each change has the next number, and a client that changes again moves to
 * the end. So "all that changed since number n" is what stands behind n, each client once, newest state only, and a
 * reader needs to remember nothing but a number, however far behind it is. As many slots as clients, twice over at most.
 * Clients that were forgotten stay for readers to be told, up to a bound. Guarded by the index's lock.
 */
public final class ChangeLog {
    private static final int SMALLEST = 16;

    /** How many forgotten clients are kept for readers to be told. */
    public static final int MAX_FORGOTTEN = 100_000;

    private final int maxForgotten;
    private @Nullable TrackedClient[] slots = new TrackedClient[SMALLEST];
    private long[] numbers = new long[SMALLEST];
    private int used;
    private int live;
    private int forgotten;
    private long last;
    private long horizon;

    /** @param maxForgotten how many forgotten clients are kept; with one more all are dropped, and readers must begin anew */
    ChangeLog(int maxForgotten) {
        this.maxForgotten = maxForgotten;
    }

    /** The number of the newest change; 0 when there was none. */
    long last() {
        return last;
    }

    /** The oldest number from which {@link #after} leaves out no client that was forgotten. */
    long horizon() {
        return horizon;
    }

    /** Notes that a client has changed. */
    void changed(TrackedClient client) {
        client.numberBefore = client.logSlot < 0 ? 0 : number(client);
        drop(client);
        if (used == slots.length) {
            compact();
        }
        slots[used] = client;
        numbers[used] = ++last;
        client.logSlot = used++;
        live++;
    }

    /** Notes that a client, whose location is null by now, was forgotten. */
    void forgotten(TrackedClient client) {
        changed(client);
        if (++forgotten > maxForgotten) {
            dropForgotten();
            horizon = last;
            forgotten = 0;
        }
    }

    private void dropForgotten() {
        for (int i = 0; i < used; i++) {
            if (slots[i] != null && slots[i].location() == null) {
                drop(slots[i]);
            }
        }
    }

    private void drop(TrackedClient client) {
        if (client.logSlot >= 0) {
            slots[client.logSlot] = null;
            client.logSlot = -1;
            live--;
        }
    }

    /** The number of a client's last change. */
    long number(TrackedClient client) {
        return numbers[client.logSlot];
    }

    private void compact() {
        int capacity = live > slots.length / 2 ? slots.length * 2 : slots.length;
        @Nullable
        TrackedClient[] from = slots;
        long[] fromNumbers = numbers;
        int end = used;
        slots = capacity == from.length ? from : new TrackedClient[capacity];
        numbers = capacity == from.length ? fromNumbers : new long[capacity];
        used = 0;
        for (int i = 0; i < end; i++) {
            if (from[i] != null) {
                slots[used] = from[i];
                numbers[used] = fromNumbers[i];
                slots[used].logSlot = used++;
            }
        }
        Arrays.fill(slots, used, slots.length, null);
    }

    /** Visits clients, the newest change first, until the visitor says false. */
    void newest(Predicate<TrackedClient> visitor) {
        for (int i = used - 1; i >= 0; i--) {
            if (slots[i] != null && !visitor.test(slots[i])) {
                return;
            }
        }
    }

    /** Visits the clients that have changed after a number, oldest change first, until the visitor says false. */
    void after(long number, Predicate<TrackedClient> visitor) {
        int at = Arrays.binarySearch(numbers, 0, used, number);
        for (int i = at < 0 ? -at - 1 : at + 1; i < used; i++) {
            if (slots[i] != null && !visitor.test(slots[i])) {
                return;
            }
        }
    }
}
