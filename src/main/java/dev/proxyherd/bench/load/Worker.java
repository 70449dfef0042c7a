package dev.proxyherd.bench.load;

import dev.proxyherd.bench.BenchPlan;
import dev.proxyherd.bench.BenchTarget;
import dev.proxyherd.bench.Tally;
import dev.proxyherd.bench.Window;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Keeps one connection open and busy until the run is over, making a new one when it is lost. */
final class Worker implements Runnable {
    private static final long FIRST_PAUSE_NANOS = 50_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000L;

    private final BenchTarget target;
    private final int depth;
    private final Requests requests;
    private final Loop loop;
    private final Window window;
    private final Tally tally;
    private volatile @Nullable BenchConnection connection;
    private volatile boolean abandoned;

    /** @param number the connection's number, from 0 */
    Worker(BenchPlan plan, int number, Window window, Tally tally, InstantSource clock) {
        this.target = plan.target(number);
        this.depth = plan.depth();
        this.requests = new Requests(plan, number, clock);
        this.loop = plan.isOpenLoop() ? new OpenLoop(window, plan, number) : new ClosedLoop(window, plan.depth());
        this.window = window;
        this.tally = tally;
    }

    @Override
    public void run() {
        long pause = FIRST_PAUSE_NANOS;
        try {
            while (!window.isOver(System.nanoTime())) {
                boolean connected = talk();
                pause = connected ? FIRST_PAUSE_NANOS : Math.min(pause * 2, LONGEST_PAUSE_NANOS);
                window.await(System.nanoTime() + pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tally.unsent(loop.unsent());
        }
    }

    /** Returns whether there was a connection, which is now closed. */
    private boolean talk() throws InterruptedException {
        BenchConnection opened;
        try {
            opened = BenchConnection.open(target, depth, requests, tally);
        } catch (IOException e) {
            tally.refused();
            return false;
        }
        try (opened) {
            connection = opened;
            if (!abandoned) {
                loop.talk(opened);
            }
        } catch (IOException e) {
            if (!abandoned) {
                tally.closed();
            }
        } finally {
            tally.unanswered(opened.underWay());
        }
        return true;
    }

    /** Gives up what is still under way: it counts as unanswered. Any thread. */
    void abandon() {
        abandoned = true;
        BenchConnection current = connection;
        if (current != null) {
            current.close();
        }
    }

    Tally tally() {
        return tally;
    }
}
