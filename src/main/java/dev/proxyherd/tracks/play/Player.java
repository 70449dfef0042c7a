package dev.proxyherd.tracks.play;

import dev.proxyherd.client.HerdClient;
import dev.proxyherd.tracks.read.Tracks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays moving clients to one server, until they are through or it is stopped. One use. */
public final class Player {
    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);

    private final Consumer<Progress> progress;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private long nextReport = System.nanoTime() + REPORT_EVERY.toNanos();

    /**
     * How far it is.
     *
     * @param sent commands sent
     * @param total how many there are in all; -1 if that has no end
     * @param refused how many the server found invalid
     * @param perSecond commands a second since the last report
     */
    public record Progress(long sent, long total, long refused, long perSecond) {
    }

    /** What comes when: each call gives the next command, and how long after the start it is due. */
    interface Script {
        /** False when there is no more. */
        boolean next();

        /** Nanoseconds after the start. */
        long dueNanos();

        String command();

        long total();
    }

    /** @param progress told once a second, and at the end */
    public Player(Consumer<Progress> progress) {
        this.progress = progress;
    }

    /** Ends playing: what was sent is still answered. Any thread may call it. */
    public void stop() {
        stopping.countDown();
    }

    /**
     * Plays recorded tracks.
     *
     * @param speed how many times faster than they were recorded; 0 for all at once
     * @param from when their times begin instead of their own; null for their own
     * @throws IOException if the connection breaks, or reports are not answered
     */
    public Progress replay(Tracks tracks, double speed, @Nullable Instant from, HerdClient server)
            throws IOException, InterruptedException {
        return play(new Replay(tracks, speed, from), server);
    }

    /** Plays walkers until it is stopped. */
    public Progress simulate(Walkers walkers, HerdClient server) throws IOException, InterruptedException {
        return play(walkers, server);
    }

    private Progress play(Script script, HerdClient server) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long lastSent = 0;
        long lastReport = start;
        try (Pipeline pipeline = new Pipeline(server)) {
            while (stopping.getCount() > 0 && script.next()) {
                if (!awaitDue(start + script.dueNanos(), pipeline)) {
                    break;
                }
                pipeline.send(script.command());
                long now = System.nanoTime();
                if (now - nextReport > 0) {
                    nextReport = now + REPORT_EVERY.toNanos();
                    progress.accept(progress(pipeline, script, pipeline.sent() - lastSent, now - lastReport));
                    lastSent = pipeline.sent();
                    lastReport = now;
                }
            }
            pipeline.finish();
            return progress(pipeline, script, pipeline.sent(), System.nanoTime() - start);
        }
    }

    private static Progress progress(Pipeline pipeline, Script script, long sent, long nanos) {
        return new Progress(pipeline.sent(), script.total(), pipeline.refused(),
                Math.round(sent * 1e9 / Math.max(1, nanos)));
    }

    /** Waits until something is due, what is buffered being sent first; false if it is to stop. */
    private boolean awaitDue(long due, Pipeline pipeline) throws IOException, InterruptedException {
        long left = due - System.nanoTime();
        if (left <= 0) {
            return true;
        }
        pipeline.flush();
        return !stopping.await(left, TimeUnit.NANOSECONDS);
    }
}
