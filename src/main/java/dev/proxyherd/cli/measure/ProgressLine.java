package dev.proxyherd.cli.measure;

import dev.proxyherd.bench.load.BenchRun;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Says each second, on one line of a terminal that it writes over, how a measurement goes on. */
final class ProgressLine implements AutoCloseable {
    private static final Duration STEP = Duration.ofSeconds(1);

    private final BenchRun run;
    private final PrintWriter out;
    private final Thread thread;
    private int width;

    ProgressLine(BenchRun run, PrintWriter out) {
        this.run = run;
        this.out = out;
        this.thread = Thread.ofVirtual().name("progress").start(this::show);
    }

    private void show() {
        long start = System.nanoTime();
        long lastAnswers = 0;
        long last = start;
        try {
            while (true) {
                Thread.sleep(STEP);
                long now = System.nanoTime();
                long answers = run.answers();
                double rate = (answers - lastAnswers) * 1e9 / (now - last);
                write(String.format(Locale.ROOT, "%3.0f s   %,d answers/s   %,d errors",
                        (now - start) / 1e9, Math.round(rate), run.errors()));
                lastAnswers = answers;
                last = now;
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void write(String text) {
        out.print('\r' + text + " ".repeat(Math.max(0, width - text.length())));
        out.flush();
        width = text.length();
    }

    /** Leaves an empty line behind. */
    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
        if (width > 0) {
            write("");
            out.print('\r');
            out.flush();
        }
    }
}
