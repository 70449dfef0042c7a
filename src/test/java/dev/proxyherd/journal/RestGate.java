package dev.proxyherd.journal;

import dev.proxyherd.server.Await;
import java.util.concurrent.Semaphore;

/** Where the thread that writes a journal anew rests after each burst of records, until the test lets it pass. */
public final class RestGate implements AutoCloseable {
    private final Semaphore passes = new Semaphore(0);

    /** Small bounds, with this gate; that clients were forgotten is no reason for a new file. */
    public JournalBounds bounds(int spareRecords) {
        return bounds(spareRecords, Long.MAX_VALUE / 2);
    }

    /** @param eraseNanos how long after a client was forgotten a new file is begun */
    JournalBounds bounds(int spareRecords, long eraseNanos) {
        return new JournalBounds(spareRecords, spareRecords, spareRecords / 10, 1, 1, eraseNanos,
                passes::acquireUninterruptibly);
    }

    /** Lets it write so many bursts more; returns when it rests again, or has finished and the new file is in use. */
    void letPass(KeptStore kept, int bursts) {
        passes.release(bursts);
        Await.until("it has written " + bursts + " bursts more", () -> {
            if (passes.hasQueuedThreads() && passes.availablePermits() == 0) {
                return true;
            }
            kept.writer.upkeep();
            return !kept.writer.isRewriting();
        });
    }

    /** Lets it write all, and waits until the new file is in use. */
    public void open(KeptStore kept) {
        letPass(kept, 1_000_000);
        Await.until("the new file is in use", () -> {
            kept.writer.upkeep();
            return !kept.writer.isRewriting();
        });
    }

    @Override
    public void close() {
        passes.release(1_000_000);
    }
}
