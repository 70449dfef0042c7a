package dev.proxyherd.cli;

import dev.proxyherd.bench.BenchPlan;
import dev.proxyherd.bench.BenchResult;
import dev.proxyherd.bench.BenchRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code herd bench}: how fast servers answer. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measure how fast running servers answer. Ctrl-C ends it early, with the results so far.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured, without an error",
            "1:measured, and there were errors: ? answers, lost connections, requests unanswered or never sent",
            "2:wrong usage, a file that cannot be used, or no server where one was to be measured",
            "130:ended early by Ctrl-C, with the results so far"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd bench --server Alford                       one IAMAT at a time on each of 64",
            "  herd bench --server Alford --depth 16            16 under way on each",
            "  herd bench --rate 20000 --mix 10 --plot p.svg    a fixed rate, one in ten WHATSAT",
            "  herd bench --duration 1m --json - > r.json      the result for a program"})
final class BenchCommand implements Callable<Integer> {
    private static final int HAD_ERRORS = 1;

    /** More than the longest that answers are waited for after the end. */
    private static final long STOP_SECONDS = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Mixin
    private BenchOutput output;

    @Override
    public Integer call() throws CliException, InterruptedException {
        BenchPlan plan = options.plan();
        output.check();
        BenchRun run = new BenchRun(plan, Clock.systemUTC());
        CountDownLatch reported = new CountDownLatch(1);
        Thread onSignal = Thread.ofPlatform().name("stop").unstarted(() -> endEarly(run, reported));
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            BenchResult result = measure(run);
            output.write(result, spec.commandLine().getOut(), spec.commandLine().getErr(),
                    spec.commandLine().getColorScheme().ansi());
            return result.errors().total() == 0 ? 0 : HAD_ERRORS;
        } finally {
            reported.countDown();
            forget(onSignal);
        }
    }

    private BenchResult measure(BenchRun run) throws CliException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressLine progress = Terminal.isThere() ? new ProgressLine(run, err) : null) {
            return run.run();
        } catch (IOException e) {
            throw new CliException("no server " + e.getMessage() + "; start it, or choose others with --server");
        }
    }

    /** Runs on the JVM's shutdown thread, which holds the exit up until the results are out. */
    private static void endEarly(BenchRun run, CountDownLatch reported) {
        run.stop();
        try {
            reported.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            // The JVM is stopping: the hook is what made this end.
        }
    }
}
