package dev.proxyherd.bench.load;

import dev.proxyherd.bench.BenchPlan;
import dev.proxyherd.bench.BenchResult;
import dev.proxyherd.bench.BenchTarget;
import dev.proxyherd.bench.Tally;
import dev.proxyherd.bench.Window;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** One measurement: warms up, measures, lets what is under way come in, and merges what the connections counted. */
public final class BenchRun {
    /** How long answers may still come after the end. */
    private static final long DRAIN_NANOS = 2_000_000_000L;

    private static final long LOOK_MILLIS = 20;

    private final BenchPlan plan;
    private final InstantSource clock;
    private final LongAdder answers = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private volatile boolean stopped;

    /** @param clock tells the client times that are sent */
    public BenchRun(BenchPlan plan, InstantSource clock) {
        this.plan = plan;
        this.clock = clock;
    }

    /**
     * Runs once, for as long as the plan says, and two seconds more if answers are missing.
     *
     * @throws IOException if a server cannot be reached before anything is measured; the message says which, and why
     */
    public BenchResult run() throws IOException, InterruptedException {
        for (BenchTarget target : plan.targets()) {
            Priming.prime(target, plan, clock);
        }
        Instant started = clock.instant();
        Window window = new Window(System.nanoTime(), plan.warmup().toNanos(), plan.duration().toNanos());
        List<Worker> workers = IntStream.range(0, plan.connections())
                .mapToObj(number -> new Worker(plan, number, window,
                        new Tally(window, plan.isOpenLoop(), answers, errors), clock))
                .toList();
        List<Thread> threads = workers.stream().map(worker -> Thread.ofVirtual().name("bench").start(worker)).toList();
        awaitEnd(window, threads);
        workers.forEach(Worker::abandon);
        for (Thread thread : threads) {
            thread.join();
        }
        return BenchResult.of(plan, started, window, stopped, workers.stream().map(Worker::tally).toList());
    }

    private void awaitEnd(Window window, List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            while (thread.isAlive() && System.nanoTime() - window.until() < DRAIN_NANOS) {
                if (stopped) {
                    window.end(System.nanoTime());
                }
                thread.join(LOOK_MILLIS);
            }
        }
    }

    /** Ends the run early; {@link #run} then returns what was measured so far. Any thread. */
    public void stop() {
        stopped = true;
    }

    /** Valid answers so far, warm-up included. Any thread. */
    public long answers() {
        return answers.sum();
    }

    /** Errors so far. Any thread. */
    public long errors() {
        return errors.sum();
    }
}
