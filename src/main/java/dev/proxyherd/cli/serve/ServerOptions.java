package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.ByteSize;
import dev.proxyherd.cli.options.CheckedOptions;
import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.PlacesOptions;
import dev.proxyherd.cli.options.SecretOption;
import dev.proxyherd.cli.options.TlsOptions;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.journal.Rejoin;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.net.ConnectionLimits;
import dev.proxyherd.server.TokenSettings;
import dev.proxyherd.server.files.StateSettings;
import dev.proxyherd.server.process.ClientCapacity;
import dev.proxyherd.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be set for servers; the environment and the topology file may set most of it too. */
public final class ServerOptions implements CheckedOptions {
    private static final Duration LONGEST_KEEP = Duration.ofDays(36_500);

    @Mixin
    SecretOption secret;

    @Mixin
    TlsOptions tls;

    @Mixin
    PlacesOptions places;

    @Mixin
    MqttOptions mqtt;

    @Mixin
    KafkaOptions kafka;

    @Option(names = "--listen", paramLabel = "[NAME=]HOST:PORT", split = ",",
            description = "Listen there instead of at the topology's address, which neighbours and commands go on using: for all "
                    + "interfaces, containers, tunnels. With a name, that server only. Once for each server.")
    public List<String> listen = List.of();

    @Option(names = "--listen-tls", paramLabel = "[NAME=]HOST:PORT", split = ",",
            description = "Serve clients in TLS there, too, with the certificate of --tls-cert or else one made here. Once for "
                    + "each server.")
    List<String> listenTls = List.of();

    @Option(names = "--max-connections", paramLabel = "N", defaultValue = "16000",
            description = "Clients that may be connected to a server at once (default: ${DEFAULT-VALUE}).")
    int maxConnections;

    @Option(names = "--max-connections-per-host", paramLabel = "N", defaultValue = "0",
            description = "Connections that one address, or one /64 network of IPv6, may have open to a server at once, and as many "
                    + "HTTP requests; 0 for no limit, as behind a proxy, where all come from its address (default: "
                    + "${DEFAULT-VALUE}).")
    int maxConnectionsPerHost;

    @Option(names = "--max-line", paramLabel = "BYTES", defaultValue = "8192",
            description = "The longest line of a client, 1024 to 65536 bytes (default: ${DEFAULT-VALUE}).")
    public int maxLine;

    @Option(names = "--idle-timeout", paramLabel = "TIME", defaultValue = "15m",
            description = "Close a client's connection that was silent for so long (default: ${DEFAULT-VALUE}).")
    public Duration idleTimeout;

    @Option(names = "--unread-timeout", paramLabel = "TIME", defaultValue = "30s",
            description = "Close a client's connection that left an answer unread for so long (default: ${DEFAULT-VALUE}).")
    Duration unreadTimeout;

    @Option(names = "--log-size", paramLabel = "SIZE", defaultValue = "256M",
            description = "Disk that a server's traffic log may take, rotated files included, 4M or more "
                    + "(default: ${DEFAULT-VALUE}).")
    public ByteSize logSize;

    // Without the fallback value the command line would mean the opposite of what the environment says.
    @Option(names = "--no-journal", fallbackValue = "true",
            description = "Keep no journal: what this server alone knows goes with it.")
    public boolean noJournal;

    @Option(names = "--fsync", paramLabel = "WHEN", defaultValue = "everysec",
            description = "When the journal is synced to the disk: always (before each answer), everysec, or no "
                    + "(default: ${DEFAULT-VALUE}).")
    FsyncPolicy fsync;

    @Option(names = "--max-ahead", paramLabel = "TIME", defaultValue = "24h",
            description = "Refuse reports whose time is this far ahead of the server's clock (default: ${DEFAULT-VALUE}).")
    Duration maxAhead;

    @Option(names = "--max-clients", paramLabel = "N",
            description = "Take in no new clients, by reports, neighbours or the journal, when so many are known; one counts "
                    + "once more for every 256 bytes of its ID and report (default: 24 MB of heap apart, one for every 640 bytes of each server here and "
                    + "400 of each HTTP port here, twice that with --tokens).")
    @Nullable
    Integer maxClients;

    @Option(names = "--expire-after", paramLabel = "TIME", defaultValue = "0s",
            description = "Drop locations of this age; 0 keeps them. All servers of a herd must say the same, so the "
                    + "topology file is the place for it: \"expireAfter\" (default: ${DEFAULT-VALUE}).")
    Duration expireAfter;

    @Option(names = "--forget-keep", paramLabel = "TIME", defaultValue = "0s",
            description = "Keep in mind for so long which clients were forgotten; 0 for good. All servers of a herd must say "
                    + "the same, as \"forgetKeep\" in the topology file. One that was away for longer opens no link until "
                    + "--relearn or --trust-journal is said (default: ${DEFAULT-VALUE}).")
    Duration forgetKeep;

    @Option(names = "--relearn", fallbackValue = "true",
            description = "Where the journal is older than --forget-keep, set it aside and learn all from neighbours.")
    boolean relearn;

    @Option(names = "--trust-journal", fallbackValue = "true",
            description = "Where the journal is older than --forget-keep, teach neighbours what is in it nevertheless.")
    boolean trustJournal;

    @Mixin
    FenceOptions fences;

    @Option(names = "--http", paramLabel = "[NAME=][HOST:]PORT", split = ",",
            description = "Open an HTTP port for phones, the API and the live map; without a host on 127.0.0.1, without a "
                    + "name for the first server here. Once for each server. none: no port (default: none; up: "
                    + "127.0.0.1:8080, or the next free port).")
    List<String> http = List.of();

    @Option(names = "--http-tls", negatable = true, defaultValue = "false", fallbackValue = "true",
            description = "Speak HTTPS on the HTTP ports, with the certificate of --tls-cert or else one made here.")
    boolean httpTls;

    @Option(names = "--http-token", paramLabel = "TOKEN",
            description = "What HTTP requests must carry, as bearer or as the password of basic authentication; better "
                    + "given as the variable HERD_HTTP_TOKEN. Needed for an address that others can reach.")
    @Nullable
    String httpToken;

    @Option(names = "--tokens", paramLabel = "FILE",
            description = "Ask everybody for a token over HTTP, and let each do what FILE says, as herd token writes it; it is read "
                    + "again when it changes. --http-token may do everything still.")
    @Nullable
    Path tokens;

    @Option(names = "--tls-client-ca", paramLabel = "FILE",
            description = "Let clients in at --listen-tls only with a certificate of these authorities (PEM), and as the token of "
                    + "--tokens that has its common name.")
    @Nullable
    Path tlsClientCa;

    @Option(names = "--http-open", negatable = true, defaultValue = "false", fallbackValue = "true",
            description = "Let others in over HTTP without a token.")
    boolean httpOpen;

    @Option(names = "--http-origin", paramLabel = "ORIGIN", split = ",",
            description = "An origin whose pages may use the API, such as https://example.org. Repeatable.")
    List<String> httpOrigins = List.of();

    @Option(names = "--http-host", paramLabel = "HOST", split = ",",
            description = "A name by which the HTTP port is reached, beside localhost and addresses. Repeatable.")
    List<String> httpHosts = List.of();

    @Option(names = "--http-take-null-island", negatable = true, defaultValue = "false", fallbackValue = "true",
            description = "Take apps' reports of exactly latitude 0, longitude 0, which trackers without a fix send.")
    boolean httpTakeNullIsland;

    /**
     * @param servers how many share this process
     * @param httpPorts how many HTTP ports it opens
     */
    public ClientLimits clientLimits(int servers, int httpPorts) throws CliException {
        CliException.unless(maxConnections >= 1, "--max-connections must be at least 1");
        CliException.unless(maxConnectionsPerHost >= 0,
                "--max-connections-per-host must be at least 1, or 0 for no limit");
        CliException.unless(maxLine >= ClientLimits.MIN_LINE_BYTES && maxLine <= ClientLimits.MAX_LINE_BYTES,
                "--max-line must be " + ClientLimits.MIN_LINE_BYTES + " to " + ClientLimits.MAX_LINE_BYTES);
        CliException.unless(isTimeout(idleTimeout), "--idle-timeout must be 1s to 365d");
        CliException.unless(isTimeout(unreadTimeout), "--unread-timeout must be 1s to 365d");
        CliException.unless(maxAhead.compareTo(Duration.ofDays(36_500)) <= 0, "--max-ahead must be 36500d at most");
        CliException.unless(maxClients == null || maxClients >= 1, "--max-clients must be at least 1");
        return new ClientLimits(new ConnectionLimits(maxConnections, maxConnectionsPerHost), maxLine, idleTimeout,
                unreadTimeout, maxAhead,
                maxClients == null
                        ? ClientCapacity.inHeap(Runtime.getRuntime().maxMemory(), servers, indexes(httpPorts))
                        : maxClients);
    }

    /** What those may see who do not see all is in indexes of its own, which together hold as much as that of all. */
    private int indexes(int httpPorts) {
        return tokens == null ? httpPorts : 2 * httpPorts;
    }

    TokenSettings tokenSettings() throws CliException {
        CliException.unless(tlsClientCa == null || tokens != null,
                "--tls-client-ca needs --tokens: a client may do what the token may that has its certificate's common name");
        CliException.unless(tlsClientCa == null || !listenTls.isEmpty(),
                "--tls-client-ca needs --listen-tls, where clients show their certificates");
        return new TokenSettings(tokens, tlsClientCa);
    }

    StateSettings stateSettings() throws CliException {
        CliException.unless(logSize.bytes() >= TrafficLog.LEAST_BYTES, "--log-size must be at least 4M");
        CliException.unless(expireAfter.isZero() || (isTimeout(expireAfter) && isWholeSeconds(expireAfter)),
                "--expire-after must be 0, or whole seconds from 1s to 365d");
        CliException.unless(
                forgetKeep.isZero() || (forgetKeep.compareTo(Duration.ofSeconds(1)) >= 0
                        && forgetKeep.compareTo(LONGEST_KEEP) <= 0 && isWholeSeconds(forgetKeep)),
                "--forget-keep must be 0, or whole seconds from 1s to 36500d");
        CliException.unless(!relearn || !trustJournal, "--relearn and --trust-journal exclude each other; say one");
        Rejoin rejoin = relearn ? Rejoin.RELEARN : trustJournal ? Rejoin.TRUST : Rejoin.ASK;
        return new StateSettings(secret.stateDir(), logSize.bytes(), noJournal ? null : fsync, expireAfter, forgetKeep,
                rejoin);
    }

    @Override
    public void check(Topology topology) throws CliException {
        List<String> names = List.copyOf(topology.servers().keySet());
        // An address without a name is for the only server of a process.
        boolean areNamed = listen.stream().anyMatch(address -> address.contains("="));
        ListenAddresses.parse(listen, areNamed ? names : names.subList(0, 1));
        HttpAddress.parse(this, names, topology.servers().keySet(), false);
        clientLimits(names.size(), http.size());
        stateSettings();
        mqtt.parse(names, topology.servers().keySet(), httpTakeNullIsland);
        tokenSettings();
        fences.given();
        places.check();
        kafka.check();
    }

    private static boolean isWholeSeconds(Duration time) {
        return time.equals(Duration.ofSeconds(time.toSeconds()));
    }

    private static boolean isTimeout(Duration limit) {
        return limit.compareTo(Duration.ofSeconds(1)) >= 0 && limit.compareTo(Duration.ofDays(365)) <= 0;
    }
}
