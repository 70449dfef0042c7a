package dev.proxyherd.cli.measure;

import dev.proxyherd.bench.BenchResult;
import dev.proxyherd.bench.report.BenchJson;
import dev.proxyherd.bench.report.BenchTable;
import dev.proxyherd.bench.report.LatencyPlot;
import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.io.FileReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Where {@code herd bench} puts what it found. */
final class BenchOutput {
    @Option(names = "--json", paramLabel = "FILE",
            description = "Write the result as JSON there; - is standard output, and moves the table to standard error.")
    private @Nullable String json;

    @Option(names = "--plot", paramLabel = "FILE",
            description = "Draw the latency distribution as SVG; its name ends with .svg.")
    private @Nullable Path plot;

    /** Finds out before anything is measured whether the files can be written. */
    void check() throws CliException {
        Path svg = plot;
        if (svg != null) {
            CliException.unless(svg.toString().toLowerCase(Locale.ROOT).endsWith(".svg"),
                    "--plot " + svg + ": it is drawn as SVG; end the name with .svg");
            checkFolder("--plot", svg);
        }
        if (json != null && !isJsonPrinted()) {
            checkFolder("--json", Path.of(json));
        }
    }

    private static void checkFolder(String option, Path file) throws CliException {
        CliException.unless(!Files.isDirectory(file), option + ' ' + file + ": is a folder; name a file in it");
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "only the root has no folder");
        CliException.unless(Files.isDirectory(folder),
                option + ' ' + file + ": there is no folder " + folder + "; make it first");
        CliException.unless(Files.isWritable(Files.exists(file) ? file : folder),
                option + ' ' + file + ": may not be written; name another file");
    }

    private boolean isJsonPrinted() {
        return "-".equals(json);
    }

    void write(BenchResult result, PrintWriter out, PrintWriter err, Ansi ansi) throws CliException {
        printTable(result, isJsonPrinted() ? err : out, ansi);
        if (isJsonPrinted()) {
            out.print(BenchJson.of(result));
            out.flush();
        } else if (json != null) {
            put("--json", Path.of(json), BenchJson.of(result));
        }
        if (plot != null) {
            put("--plot", plot, LatencyPlot.svg(result));
        }
    }

    private static void put(String option, Path file, String content) throws CliException {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new CliException(option + ' ' + file + " cannot be written: " + FileReason.of(e));
        }
    }

    private static void printTable(BenchResult result, PrintWriter to, Ansi ansi) {
        List<String> rows = BenchTable.rows(result);
        to.println(BenchTable.title(result));
        to.println();
        to.println(styled(ansi, "bold", rows.getFirst()));
        rows.stream().skip(1).forEach(to::println);
        to.println();
        String errors = BenchTable.errors(result.errors());
        to.println(result.errors().total() == 0 ? errors : styled(ansi, "red,bold", errors));
        to.flush();
    }

    private static String styled(Ansi ansi, String style, String text) {
        return ansi.string("@|" + style + ' ' + text + "|@");
    }
}
