package dev.proxyherd.cli.measure;

import dev.proxyherd.bench.BenchPlan;
import dev.proxyherd.bench.BenchResult;
import dev.proxyherd.bench.load.BenchRun;
import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.OnSignal;
import dev.proxyherd.cli.options.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code herd bench}: how fast servers answer. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measure how fast running servers answer. Ctrl-C ends it early, with the results so far. The "
                + "clients it makes up (bench-00000000 and so on) stay known, so measure a herd of its own.",
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
            "  herd bench --duration 1m --json - > r.json       the result for a program"})
public final class BenchCommand implements Callable<Integer> {
    private static final int HAD_ERRORS = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Mixin
    private BenchOutput output;

    @Override
    public Integer call() throws CliException, InterruptedException {
        BenchPlan plan = options.plan(spec);
        output.check();
        BenchRun run = new BenchRun(plan, Clock.systemUTC());
        try (OnSignal end = new OnSignal(run::stop)) {
            BenchResult result = measure(run);
            output.write(result, spec.commandLine().getOut(), spec.commandLine().getErr(),
                    spec.commandLine().getColorScheme().ansi());
            return result.errors().total() == 0 ? 0 : HAD_ERRORS;
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
}
