package dev.proxyherd.cli.plan;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.TopologyDefaults;
import dev.proxyherd.cli.options.TopologyOption;
import dev.proxyherd.topology.Topology;
import dev.proxyherd.topology.TopologyText;
import dev.proxyherd.topology.graph.FloodCost;
import dev.proxyherd.topology.graph.Graph;
import dev.proxyherd.topology.graph.Shape;
import dev.proxyherd.topology.graph.Survival;
import dev.proxyherd.topology.plan.LinkPlan;
import dev.proxyherd.topology.plan.MadeUpHerd;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code herd topology suggest}: links that survive any so many losses. */
@Command(
        name = "suggest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Print a topology file with as few links as survive any K losses of servers or links, and of these the "
                + "shortest ways that are found. The servers are made up on this machine, or, with their addresses and "
                + "the options that are set there, those of FILE, which is left as it is.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd topology suggest --servers 7 --survive 2 > seven.json",
            "  herd topology suggest --names Ames,Bern,Cork,Dover",
            "  herd topology suggest herd-topology.json > linked-anew.json"})
public final class SuggestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument argument;

    @Option(names = "--servers", paramLabel = "N",
            description = "Make up so many servers, 1 to " + LinkPlan.MOST_SERVERS + ".")
    private @Nullable Integer servers;

    @Option(names = "--names", paramLabel = "NAME,...", split = ",", hideParamSyntax = true,
            description = "Make up servers of these names.")
    private List<String> names = List.of();

    @Option(names = "--survive", paramLabel = "K",
            description = "Losses of servers or links, any of them together, after which those that are left are still joined, 0 to "
                    + Survival.MOST_LOSSES + " (default: 1, or 0 for two servers).")
    private @Nullable Integer survive;

    @Override
    public Integer call() throws CliException {
        Topology herd = herd();
        int size = herd.servers().size();
        CliException.unless(size <= LinkPlan.MOST_SERVERS,
                "there are " + size + " servers; links are suggested for " + LinkPlan.MOST_SERVERS + " at most");
        int most = LinkPlan.mostLosses(size);
        int losses = survive == null ? Math.min(1, most) : survive;
        CliException.unless(losses >= 0 && losses <= Survival.MOST_LOSSES,
                "--survive must be 0 to " + Survival.MOST_LOSSES);
        CliException.unless(losses <= most, "--survive " + losses + " takes " + (losses + 2)
                + " servers or more, and there are " + size + "; "
                + (most == 0 ? "leave it out" : "they survive " + most + " at most"));
        Graph links = LinkPlan.propose(size, losses);
        Topology proposal = MadeUpHerd.linked(herd, links);
        PrintWriter out = spec.commandLine().getOut();
        out.print(TopologyText.of(proposal));
        out.flush();
        tell(Shape.of(proposal), losses);
        return 0;
    }

    private Topology herd() throws CliException {
        boolean makesUp = servers != null || !names.isEmpty();
        TopologyOption file = makesUp && argument.file == null ? null : argument.named();
        if (makesUp == (file != null) || (servers != null && !names.isEmpty())) {
            throw new ParameterException(spec.commandLine(),
                    "Say which servers to link, in one way: --servers N, --names NAME,..., or FILE");
        }
        if (file != null) {
            Topology topology = file.read();
            TopologyDefaults.check(topology, spec);
            return topology;
        }
        if (servers != null) {
            CliException.unless(servers >= 1 && servers <= LinkPlan.MOST_SERVERS,
                    "--servers must be 1 to " + LinkPlan.MOST_SERVERS);
            return MadeUpHerd.of(MadeUpHerd.names(servers));
        }
        try {
            return MadeUpHerd.of(names);
        } catch (IllegalArgumentException e) {
            throw new CliException("--names: " + e.getMessage());
        }
    }

    private void tell(Shape shape, int losses) {
        FloodCost cost = Objects.requireNonNull(shape.cost(), "a proposal joins all");
        PrintWriter err = spec.commandLine().getErr();
        err.println("survives: any losses up to " + losses);
        ShapeReport.cost(cost).forEach(err::println);
    }
}
