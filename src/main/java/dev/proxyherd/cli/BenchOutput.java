package dev.proxyherd.cli;

import dev.proxyherd.bench.BenchJson;
import dev.proxyherd.bench.BenchResult;
import dev.proxyherd.bench.BenchTable;
import dev.proxyherd.bench.LatencyPlot;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Where {@code herd bench} puts what it found. */
final class BenchOutput {
    @Option(names = "--json", paramLabel = "FILE",
            description = "Write the result as JSON there; - is standard output, and moves the table to standard error.")
    private String json;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draw the latency distribution: FILE.svg or FILE.png.")
    private Path plot;

    /** Finds out before anything is measured whether the files can be written. */
    void check() throws CliException {
        if (plot != null) {
            if (!isPng() && !plot.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
                throw new CliException("--plot " + plot + ": the name must end with .svg or .png");
            }
            checkFolder("--plot", plot);
            checkPicture();
        }
        if (json != null && !isJsonPrinted()) {
            checkFolder("--json", Path.of(json));
        }
    }

    private static void checkFolder(String option, Path file) throws CliException {
        Path folder = file.toAbsolutePath().getParent();
        CliException.unless(!Files.isDirectory(file), option + ' ' + file + ": is a folder; name a file in it");
        CliException.unless(Files.isDirectory(folder), option + ' ' + file + ": there is no folder " + folder + "; make it first");
        CliException.unless(Files.isWritable(Files.exists(file) ? file : folder),
                option + ' ' + file + ": may not be written; name another file");
    }

    private void checkPicture() throws CliException {
        try {
            if (isPng()) {
                LatencyPlot.warmUpPng();
            }
        } catch (IOException | LinkageError | RuntimeException e) {
            // What a Java without its desktop part, or a system without fonts, throws.
            throw new CliException("--plot " + plot + ": this Java cannot draw pictures (" + e + "); take .svg");
        }
    }

    private boolean isPng() {
        return plot.toString().toLowerCase(Locale.ROOT).endsWith(".png");
    }

    private boolean isJsonPrinted() {
        return "-".equals(json);
    }

    void write(BenchResult result, PrintWriter out, PrintWriter err, Ansi ansi) throws CliException {
        printTable(result, isJsonPrinted() ? err : out, ansi);
        try {
            if (isJsonPrinted()) {
                out.print(BenchJson.of(result));
                out.flush();
            } else if (json != null) {
                Files.writeString(Path.of(json), BenchJson.of(result));
            }
            if (plot != null) {
                writePlot(result);
            }
        } catch (IOException e) {
            throw new CliException("the result cannot be written: " + e);
        }
    }

    private void writePlot(BenchResult result) throws IOException {
        try (OutputStream file = Files.newOutputStream(plot)) {
            if (isPng()) {
                LatencyPlot.writePng(result, file);
            } else {
                LatencyPlot.writeSvg(result, file);
            }
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
