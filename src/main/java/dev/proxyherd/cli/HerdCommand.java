package dev.proxyherd.cli;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.TopologyDefaults;
import dev.proxyherd.cli.options.TopologyOption;
import dev.proxyherd.cli.options.Version;
import dev.proxyherd.cli.serve.ServerOptions;
import dev.proxyherd.cli.serve.ServerRun;
import dev.proxyherd.topology.Topology;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code herd --name NAME}: one server in the foreground. */
@Command(
        name = "herd",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "A herd of servers that knows where every client is.",
        description = {
            "",
            "With --name, runs one server of the herd in the foreground until Ctrl-C. Each option can also be set in the "
                    + "environment (--max-line: HERD_MAX_LINE) or in the topology file (\"maxLine\"); the command line wins, "
                    + "then the environment, then the topology file. A TIME is written 500ms, 90s, 15m, 24h or 7d, and is in "
                    + "seconds without a unit; a SIZE is written 64K, 256M or 2G, and is in bytes without.",
            ""},
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it worked",
            "1:a server answered ? (an invalid command), the servers that status or trace asked do not all answer alike, forget "
                    + "could not ask or reach one, or reload one whose file is good, or "
                    + "status found what takes a person to mend, as its --help lists, "
                    + "places found that its lookup failed, topology check that losses may part the herd, token remove found no "
                    + "such token, bench saw errors, or replay left out points that it could not read",
            "2:wrong usage, a file or setting that cannot be used, servers that no links join, no server where one was "
                    + "asked, or output that cannot be "
                    + "written",
            "3:memory has run out, or a fault of the program has ended a thread that a server cannot do without",
            "129:stopped by the end of its terminal (SIGHUP), in order",
            "130:stopped by Ctrl-C (SIGINT), in order",
            "141:nobody reads the output any more",
            "143:stopped by SIGTERM, in order"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd up                                              all servers of the topology, in one process",
            "  herd --name Hamilton --topology herd-topology.json   one server",
            "  herd iamat kiwi.cs.ucla.edu +34.068930-118.445127    report where a client is",
            "  herd whatsat kiwi.cs.ucla.edu 10 5                   ask what is near it",
            "  herd bench --server Hamilton                         measure how fast it answers"})
final class HerdCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--name", paramLabel = "NAME", description = "The server to run.")
    private @Nullable String name;

    @Mixin
    private TopologyOption topologyOption;

    @Mixin(name = TopologyDefaults.SERVER_OPTIONS)
    private ServerOptions options;

    @Override
    public Integer call() throws CliException, InterruptedException {
        String server = name;
        if (server == null) {
            throw new ParameterException(spec.commandLine(),
                    "Say which server to run with --name NAME, or give a command; 'up' runs the whole herd.");
        }
        Topology topology = topologyOption.read();
        TopologyDefaults.apply(topology, spec);
        topologyOption.addressOf(server, topology);
        new ServerRun(topologyOption.path(), topology, options, spec).run(List.of(server), false);
        return 0;
    }
}
