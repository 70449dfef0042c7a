package dev.proxyherd.cli.fence;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.fences.FenceGeometry;
import dev.proxyherd.fences.FencedArea;
import dev.proxyherd.fences.Fences;
import dev.proxyherd.fences.file.BadFencesException;
import dev.proxyherd.fences.file.FenceReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code herd fences check FILE}: whether servers can use a file of fences, and all that is wrong where they cannot. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Read a file of fences as servers do, and tell what is in it, or what is wrong with it: each feature by its "
                + "index, from 0, and its id.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the file can be used", "2:it cannot"},
        footerHeading = "%nExamples:%n",
        footer = {"  herd fences check fences.geojson"})
final class FencesCheckCommand implements Callable<Integer> {
    private static final int IS_BAD = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "GeoJSON, plain or gzip: a FeatureCollection.")
    private Path file;

    @Override
    public Integer call() throws CliException {
        try {
            Fences fences = FenceReader.read(file, FenceGeometry.open());
            report(fences, spec.commandLine().getOut());
            return 0;
        } catch (BadFencesException e) {
            e.faults().forEach(fault -> spec.commandLine().getErr().println("herd: " + file + ": " + fault));
            return IS_BAD;
        } catch (IOException e) {
            throw new CliException(e.getMessage());
        }
    }

    private static void report(Fences fences, PrintWriter out) {
        int positions = fences.areas().stream().mapToInt(area -> area.fence().shape().positions()).sum();
        out.println(fences.areas().size() + " fences of " + positions + " positions");
        for (FencedArea area : fences.areas()) {
            if (!area.remark().isEmpty()) {
                out.println(area.fence().id() + " " + area.remark());
            }
        }
    }
}
