package dev.proxyherd.journal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The bounds of a journal's files.
 *
 * @param spareRecords a file is rewritten when it holds this many records more than twice those of the store
 * @param syncRecords a new file is synced each time so many records have been written, so that the current one's sync
 *     does not wait for all of them
 * @param handOverRecords how many records at the most are left for the journal's thread when a new file takes over
 * @param retryNanos how long after a failure a new file is begun
 * @param rewriteRetryNanos likewise, where only rewriting has failed
 * @param eraseNanos how long after a client was forgotten a new file is begun, which lacks what was known of it
 * @param rest how a new file's writing rests after each burst of {@link Pacing#RECORDS} records
 */
record JournalBounds(int spareRecords, int syncRecords, int handOverRecords, long retryNanos, long rewriteRetryNanos,
        long eraseNanos, Runnable rest) {
    private static final int RECORDS = 20_000;
    private static final int HAND_OVER = 1_000;

    static JournalBounds standard() {
        return new JournalBounds(RECORDS, RECORDS, HAND_OVER, TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(60),
                TimeUnit.SECONDS.toNanos(30), () -> LockSupport.parkNanos(Pacing.REST_NANOS));
    }
}
