package dev.proxyherd.cli.options;

import dev.proxyherd.tls.Authorities;
import dev.proxyherd.tls.sockets.ClientTls;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which port for clients in TLS a command talks to, and who must be there. */
public record TlsTarget(String server, ServerAddress address, ClientTls tls) {
    private static final String SETTING = "listenTls";
    private static final Set<String> ANY = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    /**
     * @param server a server's name, an address, or null for the topology's first server
     * @param authorities null for those that Java trusts
     */
    static TlsTarget of(@Nullable String server, TopologyOption option, @Nullable Path authorities)
            throws CliException {
        Authorities trusted = authorities == null ? null : read(authorities);
        NamedAddress given = server == null ? null : NamedAddress.parse(server);
        if (given != null && given.name() == null && given.host() != null) {
            return new TlsTarget(given.host(), new ServerAddress(given.host(), given.port()),
                    new ClientTls(trusted, Set.of(given.host())));
        }
        Topology herd = option.read();
        String name = server == null ? herd.servers().keySet().iterator().next() : server;
        ServerAddress inTopology = option.addressOf(name, herd);
        ServerAddress address = find(name, inTopology, herd.settings().values().get(SETTING));
        if (address == null) {
            throw new CliException(option.path() + " names no port for clients in TLS of " + name
                    + "; say there \"" + SETTING + "\": \"" + name
                    + "=HOST:PORT\", as the server must be told, or here --server HOST:PORT");
        }
        return new TlsTarget(name, address,
                new ClientTls(trusted, Set.copyOf(List.of(name, inTopology.host(), address.host()))));
    }

    /** Where the server listens; on all interfaces means at its host. */
    private static @Nullable ServerAddress find(String name, ServerAddress inTopology, @Nullable String setting) {
        for (String one : setting == null ? new String[0] : setting.split(",")) {
            NamedAddress address = NamedAddress.parse(one.strip());
            if (address != null && name.equals(address.name())) {
                String host = address.host();
                return new ServerAddress(host == null || ANY.contains(host) ? inTopology.host() : host, address.port());
            }
        }
        return null;
    }

    private static Authorities read(Path path) throws CliException {
        try {
            return Authorities.read(path);
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }
}
