package dev.proxyherd.bench.load;

import dev.proxyherd.bench.RequestKind;

/** The requests under way on a connection, oldest first: one thread adds, one removes, and they may be two. */
final class Flight {
    private final long[] dueNanos;
    private final RequestKind[] kinds;
    private volatile long added;
    private volatile long removed;

    /** @param depth the most requests that will be under way */
    Flight(int depth) {
        this.dueNanos = new long[depth];
        this.kinds = new RequestKind[depth];
    }

    /** Adds a request; there must be a place for it. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread alone adds
    void add(RequestKind kind, long due) {
        int place = (int) (added % kinds.length);
        dueNanos[place] = due;
        kinds[place] = kind;
        added++;
    }

    int size() {
        return (int) (added - removed);
    }

    RequestKind oldestKind() {
        return kinds[(int) (removed % kinds.length)];
    }

    /** Removes the oldest; returns when it was due. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread alone removes
    long remove() {
        long due = dueNanos[(int) (removed % kinds.length)];
        removed++;
        return due;
    }
}
