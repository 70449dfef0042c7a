package dev.proxyherd.kafka;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * For which clients the topic holds something under this server's own keys, and whether that is a location: so that one can be
 * erased there long after others have overtaken it. Of a client it keeps a hash only, 16 bytes of memory at the most for each
 * one while few are forgotten; two clients of one hash are taken for one, which costs a record. One thread at a time.
 */
final class OwnKeys {
    private static final int LEAST = 1024;
    private static final long FREE = 0;
    private static final long GONE_BIT = 1;

    /** Open addressing; what is kept has its lowest bit set where it is no location. */
    private long[] table = new long[LEAST];
    private int size;

    /** What was put since {@link #takeFresh}, as in the table. */
    private long[] fresh = new long[LEAST];
    private int freshCount;

    /** Whether there was so much of it that it is not worth keeping beside the table. */
    private boolean isTooFresh;

    /** The topic holds a location of the client, or that it was forgotten. */
    void put(long hash, boolean gone) {
        long key = key(hash);
        int at = find(key);
        if (table[at] == FREE) {
            size++;
        }
        long entry = gone ? key | GONE_BIT : key;
        if (table[at] != entry) {
            table[at] = entry;
            note(entry);
        }
        if (size > table.length / 2) {
            resize(table.length * 2);
        }
    }

    private void note(long entry) {
        if (freshCount > size + LEAST) {
            isTooFresh = true;
            freshCount = 0;
        }
        if (freshCount == fresh.length) {
            fresh = Arrays.copyOf(fresh, freshCount * 2);
        }
        fresh[freshCount++] = entry;
    }

    /** The topic holds nothing of the client any more. */
    void remove(long hash) {
        int at = find(key(hash));
        if (table[at] == FREE) {
            return;
        }
        size--;
        table[at] = FREE;
        // What a search would not reach across the gap any more moves into it.
        int gap = at;
        for (int i = next(gap); table[i] != FREE; i = next(i)) {
            int home = home(table[i] & ~GONE_BIT);
            if (((i - home) & (table.length - 1)) >= ((i - gap) & (table.length - 1))) {
                table[gap] = table[i];
                table[i] = FREE;
                gap = i;
            }
        }
    }

    /** Whether the topic holds anything of the client. */
    boolean has(long hash) {
        return table[find(key(hash))] != FREE;
    }

    /** Whether what it holds is a location. */
    boolean hasLocation(long hash) {
        long found = table[find(key(hash))];
        return found != FREE && (found & GONE_BIT) == 0;
    }

    int size() {
        return size;
    }

    void clear() {
        table = new long[LEAST];
        size = 0;
        forgetFresh();
    }

    private void forgetFresh() {
        fresh = new long[LEAST];
        freshCount = 0;
        isTooFresh = false;
    }

    /** All of it, in no order, to be given to {@link #putAll} later; that is not fresh any more. */
    long[] all() {
        forgetFresh();
        return Arrays.stream(table).filter(key -> key != FREE).toArray();
    }

    /** What was put since this was last called, in its order; null if {@link #all} tells it in less. What was removed is not told. */
    long @Nullable [] takeFresh() {
        long[] taken = isTooFresh ? null : Arrays.copyOf(fresh, freshCount);
        forgetFresh();
        return taken;
    }

    /** Puts what was got from here once. */
    void putAll(long[] all) {
        for (long entry : all) {
            put(entry, (entry & GONE_BIT) != 0);
        }
        forgetFresh();
    }

    private static long key(long hash) {
        long key = hash & ~GONE_BIT;
        return key == FREE ? 2 : key;
    }

    private int find(long key) {
        int at = home(key);
        while (table[at] != FREE && (table[at] & ~GONE_BIT) != key) {
            at = next(at);
        }
        return at;
    }

    private int home(long key) {
        return (int) (key >>> 20) & (table.length - 1);
    }

    private int next(int at) {
        return (at + 1) & (table.length - 1);
    }

    private void resize(int length) {
        long[] old = table;
        table = new long[length];
        for (long key : old) {
            if (key != FREE) {
                table[find(key & ~GONE_BIT)] = key;
            }
        }
    }
}
