package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.server.Node;
import dev.proxyherd.server.ServerSettings;
import dev.proxyherd.server.TlsSettings;
import dev.proxyherd.server.files.StateSettings;
import dev.proxyherd.server.process.HerdProcess;
import dev.proxyherd.server.process.HttpPort;
import dev.proxyherd.server.process.ProcessSettings;
import dev.proxyherd.server.process.StartException;
import dev.proxyherd.topology.Topology;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;

/** Runs servers of a topology as their options say. */
public final class ServerRun {
    private final Topology topology;
    private final ServerOptions options;
    private final PrintWriter out;
    private final PrintWriter err;

    public ServerRun(Topology topology, ServerOptions options, CommandLine line) {
        this.topology = topology;
        this.options = options;
        this.out = line.getOut();
        this.err = line.getErr();
    }

    /**
     * Runs these servers until a signal ends the process.
     *
     * @param opensHttp whether one HTTP port is opened when nobody said so
     */
    public void run(List<String> names, boolean opensHttp) throws CliException, InterruptedException {
        warnOfIslands();
        ProcessSettings settings = settings(names, opensHttp);
        warnOfShortToken(settings.http());
        try {
            new HerdProcess(settings, out, err).run();
        } catch (StartException e) {
            throw new CliException(e.getMessage());
        }
    }

    private ProcessSettings settings(List<String> names, boolean opensHttp) throws CliException {
        ListenAddresses listen = ListenAddresses.parse(options.listen, names);
        List<HttpPort> http = HttpAddress.parse(options, names, topology.servers().keySet(), opensHttp);
        ClientLimits limits = options.clientLimits(names.size(), http.size());
        StateSettings state = options.stateSettings();
        Secret secret = new SharedSecret(options.secret, err).read(listen.all(topology));
        TlsSettings tls = new TlsSettings(options.tls.mode(), options.tls.files(),
                TlsAddresses.parse(options.listenTls, names, topology.servers().keySet()), options.httpTls);
        warnOfOwnCertificates(tls, state);
        ClearLinks.warn(tls.links(), topology, names, err);
        PlacesProvider places = options.places.open(err);
        List<Node> nodes = names.stream().map(name -> new Node(ServerName.of(name),
                listen.of(name, Objects.requireNonNull(topology.servers().get(name), name)),
                topology.neighboursOf(name))).toList();
        return new ProcessSettings(topology, nodes, http,
                new ServerSettings(secret, LinkTiming.standard(), limits, state, tls), places);
    }

    private void warnOfIslands() {
        Set<String> unreached = topology.island();
        if (!unreached.isEmpty()) {
            err.println("herd: warning: no path of links joins " + String.join(", ", unreached)
                    + " to the other servers; updates will not reach them");
        }
    }

    private void warnOfOwnCertificates(TlsSettings tls, StateSettings state) {
        if (tls.files() == null && (tls.http() || !tls.listen().isEmpty())) {
            err.println("herd: warning: clients in TLS are shown certificates that the servers have made themselves ("
                    + state.dir().resolve("server-NAME.pem")
                    + "): give their programs these, or the servers --tls-cert and --tls-key");
        }
    }

    private void warnOfShortToken(List<HttpPort> http) {
        String token = options.httpToken;
        if (!http.isEmpty() && token != null && token.length() < HttpAddress.SAFE_TOKEN) {
            err.println("herd: warning: the token for HTTP has " + token.length()
                    + " characters, and may be guessed; give one of "
                    + HttpAddress.SAFE_TOKEN + " or more, for example from: openssl rand -hex 16");
        }
    }
}
