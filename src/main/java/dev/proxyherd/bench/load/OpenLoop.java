package dev.proxyherd.bench.load;

import dev.proxyherd.bench.BenchPlan;
import dev.proxyherd.bench.Window;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests when they are due, whatever the server does, and never forgets one that was late: its latency counts
 * from when it was due, so a stall costs as much as it would cost the users that arrive meanwhile. One thread writes,
 * a second one reads. It outlives its connection.
 */
final class OpenLoop implements Loop {
    private static final long LOOK_MILLIS = 100;

    private final Window window;
    private final int depth;
    private final double gapNanos;
    private final double offsetNanos;
    private long next;
    private volatile @Nullable IOException failure;
    private volatile boolean finished;

    /** @param connection the connection's number, from 0: the connections take turns */
    OpenLoop(Window window, BenchPlan plan, int connection) {
        this.window = window;
        this.depth = plan.depth();
        double everyNanos = 1e9 / plan.rate();
        this.gapNanos = everyNanos * plan.connections();
        this.offsetNanos = everyNanos * connection;
    }

    private long due(long number) {
        return window.start() + (long) (offsetNanos + gapNanos * number);
    }

    @Override
    public void talk(BenchConnection connection) throws IOException, InterruptedException {
        failure = null;
        finished = false;
        Semaphore room = new Semaphore(depth);
        Thread reader = Thread.ofVirtual().name("bench-read").start(() -> read(connection, room));
        try {
            write(connection, room);
            waitFor(room, depth);
        } finally {
            finished = true;
            connection.close();
            reader.join();
        }
        throwFailure();
    }

    private void read(BenchConnection connection, Semaphore room) {
        try {
            while (!finished) {
                room.release(connection.read());
            }
        } catch (IOException e) {
            if (!finished) {
                failure = e;
                // The writer may be waiting for room.
                room.release(depth);
            }
        }
    }

    private void write(BenchConnection connection, Semaphore room) throws IOException, InterruptedException {
        while (!window.isOver(due(next))) {
            window.await(due(next));
            if (window.isOver(due(next))) {
                return;
            }
            waitFor(room, 1);
            long now = System.nanoTime();
            int added = 0;
            do {
                connection.add(due(next++));
                added++;
            } while (added < depth && due(next) - now <= 0 && !window.isOver(due(next)) && room.tryAcquire());
            connection.send();
        }
    }

    private void waitFor(Semaphore room, int places) throws IOException, InterruptedException {
        boolean acquired = false;
        while (!acquired) {
            acquired = room.tryAcquire(places, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            throwFailure();
        }
    }

    private void throwFailure() throws IOException {
        IOException caught = failure;
        if (caught != null) {
            throw caught;
        }
    }

    @Override
    public long unsent() {
        long first = Math.max(next, firstDueAt(window.from()));
        return Math.max(0, firstDueAt(window.until()) - first);
    }

    /** The first request that is due then or later; by halves, since at a high rate a long run has very many. */
    private long firstDueAt(long nanos) {
        long low = 0;
        long high = 1 + (long) ((nanos - window.start()) / gapNanos + 1);
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (due(middle) - nanos >= 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
