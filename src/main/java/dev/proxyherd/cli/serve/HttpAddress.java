package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.NamedAddress;
import dev.proxyherd.gateway.GatewaySettings;
import dev.proxyherd.gateway.access.AccessRules;
import dev.proxyherd.gateway.http.PortSettings;
import dev.proxyherd.server.process.HttpPort;
import dev.proxyherd.topology.ServerAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where servers open their HTTP ports: reads {@code --http} and the options that go with it. */
final class HttpAddress {
    /** Where {@code up} opens the map, unless told otherwise, and how many ports from there on it tries. */
    private static final int DEFAULT_PORT = 8080;

    private static final int DEFAULT_TRIES = 20;
    private static final String LOOPBACK = "127.0.0.1";

    /** So many characters of a token, if nobody chose them, take longer to guess than anyone has. */
    static final int SAFE_TOKEN = 16;

    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s]+");
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");
    private static final Pattern HOST = Pattern.compile("[^/:\\s]+");

    private HttpAddress() {
    }

    /**
     * Reads {@code --http}.
     *
     * @param names the servers that run here; an address without a name is for the first of them
     * @param herd all servers
     * @param opensByDefault whether a port is opened when nothing was said
     */
    static List<HttpPort> parse(ServerOptions options, List<String> names, Set<String> herd,
            boolean opensByDefault)
            throws CliException {
        if (options.http.isEmpty() && opensByDefault) {
            ServerAddress loopback = new ServerAddress(LOOPBACK, DEFAULT_PORT);
            return List.of(new HttpPort(names.getFirst(), settings(options, loopback, DEFAULT_TRIES)));
        }
        List<HttpPort> ports = new ArrayList<>();
        Map<String, String> given = new HashMap<>();
        for (String option : options.http) {
            if (!option.equals("none")) {
                HttpPort port = parse(option, options, names, herd, given);
                if (port != null) {
                    ports.add(port);
                }
            }
        }
        return List.copyOf(ports);
    }

    /** Null if it is for a server that does not run here: a topology file speaks to all. */
    private static @Nullable HttpPort parse(String option, ServerOptions options, List<String> names, Set<String> herd,
            Map<String, String> given) throws CliException {
        NamedAddress address = NamedAddress.parse(option);
        if (address == null) {
            throw new CliException("--http " + option + ": write PORT, HOST:PORT, NAME=HOST:PORT, or none");
        }
        String name = address.name() == null ? names.getFirst() : address.name();
        CliException.unless(herd.contains(name),
                "--http " + option + ": there is no server '" + name + "'; the servers are "
                        + String.join(", ", herd));
        NamedAddress.unlessTwo("--http", name, option, given);
        String host = address.host();
        ServerAddress listen = new ServerAddress(host == null ? LOOPBACK : host, address.port());
        return names.contains(name) ? new HttpPort(name, settings(options, listen, 1)) : null;
    }

    private static GatewaySettings settings(ServerOptions options, ServerAddress listen, int tries)
            throws CliException {
        String token = options.httpToken;
        CliException.unless(token == null || !token.isEmpty(), "--http-token is empty; give a token, or leave it out");
        CliException.unless(token == null || TOKEN.matcher(token).matches(),
                "--http-token holds what no bearer header can carry, such as a blank, a line's end or an umlaut; give "
                        + "visible ASCII characters only");
        for (String origin : options.httpOrigins) {
            CliException.unless(ORIGIN.matcher(origin).matches(),
                    "--http-origin " + origin
                            + ": write it as browsers do, such as https://example.org, without a path");
        }
        for (String host : options.httpHosts) {
            CliException.unless(HOST.matcher(host).matches(),
                    "--http-host " + host + ": write a name such as herd.example.org");
        }
        AccessRules access = new AccessRules(token, options.httpOpen, options.httpOrigins, options.httpHosts);
        return new GatewaySettings(new PortSettings(listen, tries, access, options.maxConnectionsPerHost),
                options.httpTakeNullIsland, !options.places.source().google());
    }
}
