package dev.proxyherd.journal;

import dev.proxyherd.journal.file.JournalDisk;
import dev.proxyherd.journal.file.JournalFile;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A new journal file that is written from the store beside the current one, by a thread of its own: no round waits for
 * it. It looks at each bucket of the store once. The journal's thread notes what changes meanwhile; of that only what is
 * in buckets that were looked at already is written again, each client once, when all buckets are done. So the file ends
 * near as many records as the store has, however much changes. The journal's thread takes it over when it is ready.
 */
final class JournalRewrite implements Runnable, AutoCloseable {
    /** Writing rests no more once what is to be written again is more than this part of the file, one in so many. */
    private static final int REST_SHARE = 8;

    /** How often what has changed is written before the journal's thread takes over, with however much is left. */
    private static final int MAX_PASSES = 10;

    private final Path draft;
    private final UnreadRecords unread;
    private final LocationStore store;
    private final JournalDisk disk;
    private final JournalBounds bounds;
    private final Runnable whenEnded;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Guards {@code meanwhile}; held for no longer than a look at a map takes. */
    private final ReentrantLock noting = new ReentrantLock();

    private Map<String, Location> meanwhile = new HashMap<>();
    private volatile int againSize;

    /** Buckets before this one were looked at, or are being looked at; what changes there must be written again. */
    private volatile int nextBucket;

    private volatile boolean hurried;
    private volatile boolean cancelled;

    /** These are for the writing thread until it has ended, and for the journal's thread then. */
    private @Nullable JournalFile file;
    private @Nullable Throwable failure;
    private UnreadRecords.Copied copied = UnreadRecords.Copied.NONE;
    private long synced;
    private int burst;

    JournalRewrite(Path draft, UnreadRecords unread, JournalDisk disk, JournalBounds bounds, Runnable whenEnded) {
        this.draft = draft;
        this.unread = unread;
        this.store = unread.store();
        this.disk = disk;
        this.bounds = bounds;
        this.whenEnded = whenEnded;
    }

    /** Writes the file; for its own thread. */
    @Override
    public void run() {
        try {
            JournalFile next = disk.open(draft);
            file = next;
            next.continueAt(0);
            while (nextBucket < LocationStore.BUCKETS && !cancelled) {
                int bucket = nextBucket;
                // Said before the bucket is looked at: what comes in between is written again, not lost.
                nextBucket = bucket + 1;
                for (Location location : store.bucket(bucket)) {
                    append(next, location);
                }
            }
            copied = unread.copy(location -> append(next, location), () -> !cancelled);
            hurried = true;
            for (int pass = 0; pass < MAX_PASSES && againSize > bounds.handOverRecords() && !cancelled; pass++) {
                writeMeanwhile(next);
            }
            next.sync();
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        } finally {
            ended.countDown();
            whenEnded.run();
        }
    }

    private void append(JournalFile to, Location location) throws IOException {
        to.append(location);
        if (++burst % Pacing.RECORDS == 0 && !hurried) {
            hurried = againSize > to.records() / REST_SHARE;
            if (!hurried) {
                bounds.rest().run();
            }
        }
        if (to.records() - synced >= bounds.syncRecords()) {
            to.sync();
            synced = to.records();
        }
    }

    private void writeMeanwhile(JournalFile to) throws IOException {
        for (Location location : takeMeanwhile().values()) {
            append(to, location);
        }
    }

    private Map<String, Location> takeMeanwhile() {
        noting.lock();
        try {
            Map<String, Location> taken = meanwhile;
            meanwhile = new HashMap<>();
            againSize = 0;
            return taken;
        } finally {
            noting.unlock();
        }
    }

    /** Says that a location has changed, which the store held before this call. */
    void note(Location location) {
        if (store.bucketOf(location) >= nextBucket) {
            return;
        }
        noting.lock();
        try {
            meanwhile.put(location.client(), location);
            againSize = meanwhile.size();
        } finally {
            noting.unlock();
        }
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** What it has of records that the store had no room for; once it has ended. */
    UnreadRecords.Copied copied() {
        return copied;
    }

    /** Whether it was told to end early. */
    boolean isCancelled() {
        return cancelled;
    }

    /** Goes on without rests. */
    void hurry() {
        hurried = true;
    }

    void cancel() {
        cancelled = true;
    }

    /** Waits until the writing thread is done with the file, however long that takes. */
    void awaitEnd() {
        boolean interrupted = false;
        while (!hasEnded()) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    Path draft() {
        return draft;
    }

    /**
     * Once the writing has ended: adds what is left and gives the file, with all in it on the disk. It must be closed where it is not used.
     *
     * @throws IOException if that, or anything before, has failed
     */
    JournalFile complete() throws IOException {
        if (failure != null || file == null) {
            throw failure instanceof IOException e ? e : new IOException(String.valueOf(failure), failure);
        }
        for (Location location : takeMeanwhile().values()) {
            file.append(location);
        }
        file.sync();
        return file;
    }

    /** Ends the writing, waits for that, and closes the file, which nobody else is to have. */
    @Override
    public void close() {
        cancel();
        awaitEnd();
        if (file != null) {
            file.close();
        }
    }
}
