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
 * @param overruled what the file says in vain, by who has the last word on it, in words; the values are only compared
 */
public record Reading(Topology topology, Map<String, Node> nodes, ClientLimits limits, Map<String, String> fixed,
        Map<String, String> overruled) {

    public Reading {
        nodes = Map.copyOf(nodes);
        fixed = Map.copyOf(fixed);
        overruled = Map.copyOf(overruled);
    }

    /** The names of the settings that differ from what the process was started with and take a restart. */
    List<String> restartNeeded(Reading start) {
        return changed(fixed, start.fixed);
    }

    /** What the file says in vain, and did not say when the process was started; in words. */
    List<String> overruledSince(Reading start) {
        return changed(overruled, start.overruled);
    }

    private static List<String> changed(Map<String, String> now, Map<String, String> before) {
        return now.keySet().stream().filter(name -> !Objects.equals(now.get(name), before.get(name))).sorted().toList();
    }
}
