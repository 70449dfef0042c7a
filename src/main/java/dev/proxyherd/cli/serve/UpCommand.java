package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.TopologyDefaults;
import dev.proxyherd.cli.options.TopologyOption;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code herd up}: all servers of the topology whose address is on this machine, in one process. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Run all servers of the topology whose address is on this machine, in one process, until Ctrl-C.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  herd up",
            "  herd up --topology city.json --state-dir /var/lib/herd"})
public final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TopologyOption topologyOption;

    @Mixin
    private ServerOptions options;

    @Override
    public Integer call() throws CliException, InterruptedException {
        Topology topology = topologyOption.read();
        TopologyDefaults.apply(topology, spec);
        List<String> here = topology.servers().entrySet().stream()
                .filter(server -> isHere(server.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (here.isEmpty()) {
            throw new CliException(topologyOption.path() + ": no server's address is on this machine; name "
                    + "another file with --topology, or, if it runs nowhere else, one server with herd --name NAME --listen HOST:PORT");
        }
        new ServerRun(topologyOption.path(), topology, options, spec).run(here, true);
        return 0;
    }

    private boolean isHere(ServerAddress address) {
        try {
            InetAddress found = InetAddress.getByName(address.host());
            return found.isLoopbackAddress() || found.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(found) != null;
        } catch (IOException unknownHost) {
            spec.commandLine().getErr()
                    .println("herd: warning: the host of " + address + " is unknown here; its server is left out");
            return false;
        }
    }
}
