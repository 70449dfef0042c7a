package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.OptionDefaults;
import dev.proxyherd.cli.options.TopologyDefaults;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.server.Node;
import dev.proxyherd.server.files.StateSettings;
import dev.proxyherd.server.process.Reading;
import dev.proxyherd.server.process.TopologySource;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import dev.proxyherd.topology.TopologyException;
import dev.proxyherd.topology.TopologyFile;
import dev.proxyherd.topology.TopologyHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The topology file of a process's servers, which is read again while they run. Each time the command line is read once
 * more, with the file's settings as defaults, into the same options: once the servers have started only this reads them.
 */
public final class ServerFile implements TopologySource {
    /** The options that may change while servers run. */
    public static final Set<String> LIVING =
            Set.of("--listen", "--max-connections", "--max-connections-per-host", "--max-line",
                    "--idle-timeout", "--unread-timeout", "--max-ahead", "--max-clients");

    private final Path file;
    private final ServerOptions options;
    private final CommandSpec spec;
    private final List<String> names;
    private final int httpPorts;
    private final Map<String, String> herdWide;
    private final Set<Set<String>> toldIslands = new HashSet<>();

    /**
     * @param names the servers that run here
     * @param httpPorts how many HTTP ports they have
     * @param state what the servers are started with
     */
    ServerFile(Path file, ServerOptions options, CommandSpec spec, List<String> names, int httpPorts,
            StateSettings state) {
        this.file = file;
        this.options = options;
        this.spec = spec;
        this.names = List.copyOf(names);
        this.httpPorts = httpPorts;
        this.herdWide = Map.of("expireAfter", String.valueOf(state.expireAfter().toSeconds()), "forgetKeep",
                String.valueOf(state.forgetKeep().toSeconds()));
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public Reading read() throws IOException {
        try {
            Topology topology = TopologyFile.read(file);
            TopologyDefaults.apply(topology, spec);
            HttpAddress.parse(options, names, topology.servers().keySet(), false);
            TlsAddresses.parse(options.listenTls, names, topology.servers().keySet());
            options.mqtt.parse(names, topology.servers().keySet(), options.httpTakeNullIsland);
            options.stateSettings();
            options.tokenSettings();
            options.places.check();
            options.kafka.check();
            return reading(topology);
        } catch (TopologyException e) {
            throw new IOException(e.getMessage(), e);
        } catch (CliException e) {
            CommandLine root = spec.root().commandLine();
            OptionDefaults defaults = (OptionDefaults) root.getDefaultValueProvider();
            throw new IOException(
                    defaults.placed(String.valueOf(e.getMessage()), root.getParseResult().originalArgs()), e);
        }
    }

    /** What a topology says, whose settings are in the options already. */
    Reading reading(Topology topology) throws CliException {
        warnOfIslands(topology);
        ListenAddresses listen = ListenAddresses.parse(options.listen, names);
        new SharedSecret(options.secret, spec.commandLine().getErr()).check(listen.all(topology));
        String herd = TopologyHash.of(topology, herdWide);
        Map<String, Node> nodes = new HashMap<>();
        for (String name : names) {
            ServerAddress address = topology.servers().get(name);
            if (address != null) {
                nodes.put(name, new Node(ServerName.of(name), listen.of(name, address), address.host(),
                        topology.neighboursOf(name), topology.servers().keySet(), herd));
            }
        }
        return new Reading(topology, nodes, options.clientLimits(names.size(), httpPorts), fixed(),
                overruled(topology, listen));
    }

    /** What the file says and the command line, or the environment, says too. */
    private Map<String, String> overruled(Topology topology, ListenAddresses listen) {
        Map<String, String> overruled = new HashMap<>();
        Map<String, String> said = topology.settings().values();
        for (OptionSpec option : spec.options()) {
            String setting = OptionDefaults.setting(option.longestName());
            String other = said.containsKey(setting) ? OptionDefaults.whoOverrules(option, spec.commandLine()) : null;
            if (other != null) {
                overruled.put(setting + ", as " + other + " has the last word", said.get(setting));
            }
        }
        listen.byName().forEach((name, address) -> {
            ServerAddress inTopology = topology.servers().get(name);
            if (inTopology != null && !address.equals(inTopology)) {
                overruled.put("the address of " + name + ", as --listen has the last word", inTopology.toString());
            }
        });
        return overruled;
    }

    private Map<String, String> fixed() {
        Map<String, String> fixed = new HashMap<>();
        Set<String> ofServers = TopologyDefaults.settings(spec);
        for (OptionSpec option : spec.options()) {
            String name = OptionDefaults.setting(option.longestName());
            if (ofServers.contains(name) && !LIVING.contains(option.longestName())) {
                fixed.put(name, String.valueOf(option.<Object>getValue()));
            }
        }
        return fixed;
    }

    /** Once for each of them. */
    private void warnOfIslands(Topology topology) {
        Set<String> unreached = topology.island();
        if (!unreached.isEmpty() && toldIslands.add(unreached)) {
            spec.commandLine().getErr().println("herd: warning: no path of links joins "
                    + String.join(", ", unreached) + " to the other servers; updates will not reach them");
        }
    }
}
