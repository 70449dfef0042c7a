package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.NamedAddress;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where servers listen when {@code --listen} says otherwise than the topology. */
record ListenAddresses(Map<String, ServerAddress> byName) {
    /** @param names the servers to run; an address without a name is for the only one of them */
    static ListenAddresses parse(List<String> options, List<String> names) throws CliException {
        Map<String, ServerAddress> byName = new HashMap<>();
        Map<String, String> given = new HashMap<>();
        for (String option : options) {
            NamedAddress address = NamedAddress.parse(option);
            if (address == null || address.host() == null) {
                throw new CliException("--listen " + option + ": write HOST:PORT, or NAME=HOST:PORT");
            }
            String name = address.name();
            if (name == null && names.size() > 1) {
                throw new CliException(
                        "--listen " + option + ": several servers run here, so say which: NAME=" + option);
            }
            if (name != null && !names.contains(name)) {
                throw new CliException("--listen " + option + ": '" + name + "' does not run here; these do: "
                        + String.join(", ", names));
            }
            String server = name == null ? names.getFirst() : name;
            NamedAddress.unlessTwo("--listen", server, option, given);
            byName.put(server, new ServerAddress(address.host(), address.port()));
        }
        return new ListenAddresses(byName);
    }

    ServerAddress of(String name, ServerAddress inTopology) {
        return byName.getOrDefault(name, inTopology);
    }

    /** Every address that is listened on or dialled. */
    List<ServerAddress> all(Topology topology) {
        List<ServerAddress> all = new ArrayList<>(topology.servers().values());
        all.addAll(byName.values());
        return all;
    }
}
