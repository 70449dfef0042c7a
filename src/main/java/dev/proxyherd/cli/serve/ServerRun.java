package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.kafka.KafkaSettings;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.server.ServerSettings;
import dev.proxyherd.server.TlsSettings;
import dev.proxyherd.server.files.StateSettings;
import dev.proxyherd.server.process.HerdProcess;
import dev.proxyherd.server.process.HttpPort;
import dev.proxyherd.server.process.ProcessSettings;
import dev.proxyherd.server.process.Reading;
import dev.proxyherd.server.process.StartException;
import dev.proxyherd.topology.Topology;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Runs servers of a topology as their options say. */
public final class ServerRun {
    private final Path file;
    private final Topology topology;
    private final ServerOptions options;
    private final CommandSpec spec;
    private final PrintWriter err;

    /**
     * @param file where the topology was read
     * @param options filled from the command line, the environment and the topology
     * @param spec the command that runs
     */
    public ServerRun(Path file, Topology topology, ServerOptions options, CommandSpec spec) {
        this.file = file;
        this.topology = topology;
        this.options = options;
        this.spec = spec;
        this.err = spec.commandLine().getErr();
    }

    /**
     * Runs these servers until a signal ends the process.
     *
     * @param opensHttp whether one HTTP port is opened when nobody said so
     */
    public void run(List<String> names, boolean opensHttp) throws CliException, InterruptedException {
        try {
            process(names, opensHttp).run();
        } catch (StartException e) {
            throw new CliException(e.getMessage());
        }
    }

    /** The process that is to run them. */
    HerdProcess process(List<String> names, boolean opensHttp) throws CliException {
        ProcessSettings settings = settings(names, opensHttp);
        warnOfShortToken(settings.http());
        return new HerdProcess(settings, spec.commandLine().getOut(), err);
    }

    private ProcessSettings settings(List<String> names, boolean opensHttp) throws CliException {
        List<HttpPort> http = HttpAddress.parse(options, names, topology.servers().keySet(), opensHttp);
        StateSettings state = options.stateSettings();
        ServerFile source = new ServerFile(file, options, spec, names, http.size(), state);
        Reading start = source.reading(topology);
        Secret secret = new SharedSecret(options.secret, err).read();
        TlsSettings tls = new TlsSettings(options.tls.mode(), options.tls.files(),
                TlsAddresses.parse(options.listenTls, names, topology.servers().keySet()), options.httpTls);
        warnOfOwnCertificates(tls, state);
        ClearLinks.warn(tls.links(), topology, names, err);
        KafkaSettings kafka = options.kafka.settings();
        if (kafka != null && kafka.isOpenToOthers()) {
            err.println("herd: warning: not only its owner may read the password in " + kafka.file() + "; chmod 600 "
                    + kafka.file());
        }
        PlacesProvider places = options.places.open(err);
        return new ProcessSettings(source, start, names, http,
                new ServerSettings(secret, LinkTiming.standard(), start.limits(), state, tls,
                        options.tokenSettings(), kafka),
                places, options.fences.given(),
                options.mqtt.parse(names, topology.servers().keySet(), options.httpTakeNullIsland));
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
