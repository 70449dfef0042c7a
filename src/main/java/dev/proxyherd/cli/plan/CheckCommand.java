package dev.proxyherd.cli.plan;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.TopologyDefaults;
import dev.proxyherd.cli.options.TopologyOption;
import dev.proxyherd.topology.Topology;
import dev.proxyherd.topology.draw.TopologyDrawing;
import dev.proxyherd.topology.graph.Forecast;
import dev.proxyherd.topology.graph.LinkFigures;
import dev.proxyherd.topology.graph.Shape;
import dev.proxyherd.topology.graph.ShapeJson;
import dev.proxyherd.topology.graph.Survival;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code herd topology check}: whether a topology file can be used, and what its links promise. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Read a topology file as servers do, and tell whether updates reach all, how far and how often they "
                + "travel, what that takes of time and processors, by figures that were measured, and which losses of servers "
                + "or links would part the herd.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the file can be used, and updates reach all",
            "1:some loss of as many servers or links as --survive says would part the herd",
            "2:the file is faulty, or no way of links joins all servers"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd topology check",
            "  herd topology check herd-topology.json --json",
            "  herd topology check herd-topology.json --draw > herd.svg",
            "  herd topology check --survive 1 || echo not every single one may be lost",
            "  herd topology check --rate 50000 --delay 20"})
public final class CheckCommand implements Callable<Integer> {
    private static final int MAY_BE_PARTED = 1;
    private static final int IS_PARTED = 2;
    private static final int MOST_UPDATES = 10_000_000;
    private static final int MOST_DELAY_MILLIS = 10_000;
    private static final int NANOS_DIGITS = 6;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument argument;

    @Option(names = "--survive", paramLabel = "K",
            description = "Exit with 1 where some loss of K servers or links would part the herd, 0 to "
                    + Survival.MOST_LOSSES + ".")
    private @Nullable Integer survive;

    @Option(names = "--rate", paramLabel = "N",
            description = "Tell what the busiest server bears at so many updates a second of the whole herd, 1 to "
                    + MOST_UPDATES + " (default: ${DEFAULT-VALUE}).")
    private int rate = 10_000;

    @Option(names = "--delay", paramLabel = "MS",
            description = "How long the network takes from one server to its neighbour, in milliseconds, 0 to "
                    + MOST_DELAY_MILLIS
                    + ": half of what ping tells; what servers take is added (default: ${DEFAULT-VALUE}).")
    private BigDecimal delay = BigDecimal.ZERO;

    @Option(names = "--draw", fallbackValue = "true",
            description = "Print a picture, as SVG; the report moves to standard error.")
    private boolean draw;

    @Option(names = "--json", fallbackValue = "true", description = "Print JSON, on one line.")
    private boolean json;

    @Override
    public Integer call() throws CliException {
        CliException.unless(survive == null || (survive >= 0 && survive <= Survival.MOST_LOSSES),
                "--survive must be 0 to " + Survival.MOST_LOSSES);
        CliException.unless(rate >= 1 && rate <= MOST_UPDATES, "--rate must be 1 to " + MOST_UPDATES);
        CliException.unless(delay.signum() >= 0 && delay.compareTo(BigDecimal.valueOf(MOST_DELAY_MILLIS)) <= 0,
                "--delay must be 0 to " + MOST_DELAY_MILLIS + ", in milliseconds");
        CliException.unless(!draw || !json, "--draw and --json both take standard output; give one of them");
        TopologyOption option = argument.chosen();
        Topology topology = option.read();
        TopologyDefaults.check(topology, spec);
        Shape shape = Shape.of(topology);
        LinkFigures figures = LinkFigures.measured().over(delay.movePointRight(NANOS_DIGITS).longValue());
        boolean floods = shape.cost() != null && shape.names().size() > 1;
        Forecast forecast = floods ? Forecast.of(shape.graph(), rate, figures) : null;
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ShapeJson.of(shape, forecast));
        } else {
            ShapeReport.lines(shape, forecast, survive).forEach((draw ? spec.commandLine().getErr() : out)::println);
        }
        if (draw) {
            out.print(TopologyDrawing.svg(shape));
            out.flush();
        }
        if (!shape.island().isEmpty()) {
            return IS_PARTED;
        }
        return survive == null || shape.survives(survive) ? 0 : MAY_BE_PARTED;
    }
}
