package dev.proxyherd.places.setup;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes may be taken at once by documents that are built and not yet taken by their clients, in all connections
 * of a process together: clients that ask and do not read must not fill its memory. Taken are those bytes that the
 * system holds for the client. For any number of threads.
 */
public final class DocumentBudget {
    /** Of the heap, documents get one part in so many. */
    private static final int PARTS_OF_HEAP = 8;

    private final long limitBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    /** @param limitBytes the most that there may be; 0 or more */
    public DocumentBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** An eighth of the heap that this process may have. */
    public static DocumentBudget ofHeap() {
        return new DocumentBudget(Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP);
    }

    /** How many bytes are taken now. */
    public long usedBytes() {
        return usedBytes.get();
    }

    /** A share of it that holds nothing yet; its owner must {@link Share#release} it in the end. */
    public Share share() {
        return new Share();
    }

    private boolean tryTake(long bytes) {
        long used = usedBytes.get();
        while (bytes <= limitBytes - used) {
            if (usedBytes.compareAndSet(used, used + bytes)) {
                return true;
            }
            used = usedBytes.get();
        }
        return false;
    }

    /** What one connection's documents take. For one thread. */
    public final class Share {
        private long bytes;

        private Share() {
        }

        public long bytes() {
            return bytes;
        }

        /** Takes so many more, unless that would be more than there are. */
        public boolean tryGrow(long more) {
            boolean grown = tryTake(more);
            bytes += grown ? more : 0;
            return grown;
        }

        /** Gives back what is held beyond this. */
        public void shrinkTo(long kept) {
            if (kept < bytes) {
                usedBytes.addAndGet(kept - bytes);
                bytes = kept;
            }
        }

        /** Gives everything back; harmless when repeated. */
        public void release() {
            shrinkTo(0);
        }
    }
}
