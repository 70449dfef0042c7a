package dev.proxyherd.server.process;

import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.server.Node;
import dev.proxyherd.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a topology file, and the options beside it, say of a process's servers. Immutable.
 *
 * @param topology the whole herd
 * @param nodes those servers of the process that are in it, by name
 * @param limits what each of them grants its clients
 * @param fixed settings that take a restart, by name; their values are only compared, for some are secrets
 */
public record Reading(Topology topology, Map<String, Node> nodes, ClientLimits limits, Map<String, String> fixed) {

    public Reading {
        nodes = Map.copyOf(nodes);
        fixed = Map.copyOf(fixed);
    }

    /** The names of the settings that differ from what the process was started with and take a restart. */
    List<String> restartNeeded(Reading start) {
        return fixed.keySet().stream().filter(name -> !Objects.equals(fixed.get(name), start.fixed.get(name))).sorted()
                .toList();
    }
}
