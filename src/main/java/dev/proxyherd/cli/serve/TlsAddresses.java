package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.NamedAddress;
import dev.proxyherd.topology.ServerAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where servers accept clients in TLS: reads {@code --listen-tls}. */
final class TlsAddresses {
    private TlsAddresses() {
    }

    /**
     * The addresses by the names of servers that run here; a topology file speaks to all.
     *
     * @param names the servers that run here; an address without a name is for the only one of them
     * @param herd all servers
     */
    static Map<String, ServerAddress> parse(List<String> options, List<String> names, Set<String> herd)
            throws CliException {
        Map<String, ServerAddress> byName = new HashMap<>();
        Map<String, String> given = new HashMap<>();
        for (String option : options) {
            NamedAddress address = NamedAddress.parse(option);
            if (address == null || address.host() == null) {
                throw new CliException("--listen-tls " + option + ": write HOST:PORT, or NAME=HOST:PORT");
            }
            String name = address.name();
            CliException.unless(name != null || names.size() == 1,
                    "--listen-tls " + option + ": several servers run here, so say which: NAME=" + option);
            String server = name == null ? names.getFirst() : name;
            CliException.unless(herd.contains(server), "--listen-tls " + option + ": there is no server '" + server
                    + "'; the servers are " + String.join(", ", herd));
            NamedAddress.unlessTwo("--listen-tls", server, option, given);
            if (names.contains(server)) {
                byName.put(server, new ServerAddress(address.host(), address.port()));
            }
        }
        return byName;
    }
}
