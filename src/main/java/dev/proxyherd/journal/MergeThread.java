package dev.proxyherd.journal;

import dev.proxyherd.protocol.Location;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Merges on a platform thread of its own what the journal's thread reads, so that a long replay has two processors: one takes
 * records apart, the other waits for memory most of the time. One thread hands over, and sees after {@link #end} what merging has
 * changed. What merging fails with, an error such as a lack of memory too, is thrown to the thread that hands over.
 */
final class MergeThread implements AutoCloseable {
    /** Few enough to be in the cache still when they are merged. */
    private static final int BATCH = 512;

    private static final int BATCHES = 8;

    private final Consumer<Location> merge;
    private final BlockingQueue<List<Location>> batches = new ArrayBlockingQueue<>(BATCHES);
    private final Thread thread;
    private List<Location> next = new ArrayList<>(BATCH);
    private boolean ended;
    private volatile @Nullable Throwable failure;

    /** @param merge runs on the new thread alone */
    MergeThread(Consumer<Location> merge) {
        this.merge = merge;
        this.thread = Thread.ofPlatform().daemon().name("journal-merge").start(this::run);
    }

    private void run() {
        for (List<Location> batch = take(); !batch.isEmpty(); batch = take()) {
            try {
                // Once it has failed it only lets the other thread go on until that looks.
                if (failure == null) {
                    batch.forEach(merge);
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }
    }

    private List<Location> take() {
        while (true) {
            try {
                return batches.take();
            } catch (InterruptedException nobodyDoesThat) {
                // The other thread waits for this one; it says when to end.
            }
        }
    }

    /** Has a location merged, soon; waits while as many wait as may. */
    void add(Location location) {
        next.add(location);
        if (next.size() == BATCH) {
            handOver(next);
            next = new ArrayList<>(BATCH);
            throwFailure();
        }
    }

    private void handOver(List<Location> batch) {
        boolean interrupted = false;
        while (true) {
            try {
                batches.put(batch);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void throwFailure() {
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(failure);
        }
    }

    /** Returns when all has been merged. */
    void end() throws InterruptedIOException {
        if (!next.isEmpty()) {
            handOver(next);
        }
        close();
        throwFailure();
    }

    /** Ends the thread when it has merged what was handed over. */
    @Override
    public void close() throws InterruptedIOException {
        if (ended) {
            return;
        }
        ended = true;
        // An empty one: no more will come.
        handOver(List.of());
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the journal was replayed");
        }
    }
}
