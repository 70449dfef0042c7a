package dev.proxyherd.cli.options;

import dev.proxyherd.topology.Topology;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lets a topology file's settings be the defaults of the options that share their names. They are settings of servers;
 * other commands use those that they know, too.
 */
public final class TopologyDefaults {
    /** The name of the mixin that holds the servers' options, in the root command. */
    public static final String SERVER_OPTIONS = "servers";

    private TopologyDefaults() {
    }

    /** Applies the settings, and finds the faults in them that servers would find when they start. */
    public static void check(Topology topology, CommandSpec spec) throws CliException {
        apply(topology, spec);
        if (serverOptions(spec).userObject() instanceof CheckedOptions options) {
            options.check(topology);
        }
    }

    private static CommandSpec serverOptions(CommandSpec spec) {
        return Objects.requireNonNull(spec.root().mixins().get(SERVER_OPTIONS), SERVER_OPTIONS);
    }

    /**
     * Reads the command line once more, now with the topology's settings known, and in place of those known before. Where
     * there are and were none there is nothing to do.
     *
     * @param spec the command that runs; its objects are filled again
     */
    public static void apply(Topology topology, CommandSpec spec) throws CliException {
        Map<String, String> settings = topology.settings().values();
        CommandLine root = spec.root().commandLine();
        OptionDefaults defaults = (OptionDefaults) root.getDefaultValueProvider();
        if (settings.isEmpty() && defaults.settings().values().isEmpty()) {
            return;
        }
        Set<String> known = settings(spec);
        for (String key : settings.keySet()) {
            if (!known.contains(key)) {
                throw new CliException(topology.settings().places().get(key) + ": unknown key '" + key
                        + "'; the keys are servers, links, and names of options such as maxConnections");
            }
        }
        root.setDefaultValueProvider(new OptionDefaults(defaults.environment(), topology.settings()));
        try {
            root.parseArgs(root.getParseResult().originalArgs().toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw new CliException(e.getMessage());
        }
    }

    /**
     * The names of all settings of servers, as the topology file has them.
     *
     * @param spec any command
     */
    public static Set<String> settings(CommandSpec spec) {
        return serverOptions(spec).options().stream()
                .map(option -> OptionDefaults.setting(option.longestName())).collect(Collectors.toSet());
    }
}
