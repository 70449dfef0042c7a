package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.ClientOutput;
import dev.proxyherd.cli.options.TopologyOption;
import dev.proxyherd.client.HerdClient;
import dev.proxyherd.gateway.GatewaySettings;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.journal.Rejoin;
import dev.proxyherd.link.handshake.Passphrase;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.seal.Credentials;
import dev.proxyherd.link.seal.LinkTls;
import dev.proxyherd.link.seal.Sealing;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.places.bundled.BundledPlaces;
import dev.proxyherd.places.setup.DocumentBudget;
import dev.proxyherd.places.setup.Lookups;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.server.HerdServer;
import dev.proxyherd.server.Node;
import dev.proxyherd.server.Reloads;
import dev.proxyherd.server.ServerConfig;
import dev.proxyherd.server.ServerContext;
import dev.proxyherd.server.ServerSettings;
import dev.proxyherd.server.TlsSettings;
import dev.proxyherd.server.TokenSettings;
import dev.proxyherd.server.files.SecretFile;
import dev.proxyherd.server.files.StateSettings;
import dev.proxyherd.server.survey.HerdSurvey;
import dev.proxyherd.status.ForgetOutcome;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.tls.SelfSigned;
import dev.proxyherd.tls.TlsSet;
import dev.proxyherd.topology.HerdSettings;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Hidden: does what servers and clients do in their first second, with two servers of its own in a temporary folder, so
 * that bin/herd can archive the classes which that loads. It uses no topology and no environment: bin/herd does not
 * retry where it has failed, and what is wrong with these may be repaired in a minute.
 */
@Command(name = "train", hidden = true)
public final class TrainCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Mixin
    private TopologyOption topology;

    @Mixin
    private ServerOptions options;

    @Override
    public Integer call() throws CliException, IOException, InterruptedException {
        Path stateDir = Files.createTempDirectory("herd-train");
        topology.file = Files.writeString(stateDir.resolve("topology.json"),
                "{\"servers\": {\"One\": {\"host\": \"127.0.0.1\", \"port\": 1}}}");
        try (BundledPlaces places = new BundledPlaces()) {
            topology.read();
            Secret secret = SecretFile.readOrMake(stateDir.resolve("secret"), Passphrase::key);
            ServerAddress one = freeAddress();
            ServerAddress other = freeAddress();
            try (HerdServer first = start("One", one, Map.of("Other", other), secret, stateDir, places);
                    HerdServer second = start("Other", other, Map.of("One", one), secret, stateDir, places)) {
                first.openHttp(GatewaySettings.loopback(0), () -> new HerdStatus("One", List.of()),
                        client -> new ForgetOutcome(Map.of(), List.of(client), Map.of(), List.of()));
                for (HerdServer server : new HerdServer[] {first, second}) {
                    talk(server.config().listen());
                }
                askInTls(first, secret);
            }
        } finally {
            delete(stateDir);
        }
        return 0;
    }

    private HerdServer start(String name, ServerAddress listen, Map<String, ServerAddress> neighbours, Secret secret,
            Path stateDir, BundledPlaces places) throws CliException, IOException {
        ClientLimits limits = options.clientLimits(2, 1);
        StateSettings state = new StateSettings(stateDir, options.logSize.bytes(), FsyncPolicy.EVERYSEC, Duration.ZERO,
                Duration.ZERO, Rejoin.ASK);
        return HerdServer
                .start(new ServerConfig(new Node(ServerName.of(name), listen, listen.host(), neighbours, Set.of(), ""),
                        new ServerSettings(secret, LinkTiming.standard(), limits, state, TlsSettings.STANDARD,
                                TokenSettings.NONE, null),
                        new ServerContext(new Lookups(places, DocumentBudget.ofHeap()), Clock.systemUTC(),
                                Reloads::none, warning -> {}, new SecureRandom())));
    }

    private static void talk(ServerAddress server) throws IOException {
        try (HerdClient herd = HerdClient.connect(new InetSocketAddress(server.host(), server.port()), LIMIT)) {
            ClientOutput.print(herd.iamat("kiwi", "+34.068930-118.445127", HerdClient.time(Instant.now())));
            ClientOutput.print(herd.whatsat("kiwi", "10", "5"));
        }
    }

    /** What a command's first TLS takes, and a server's, is most of what it takes of either in that second. */
    private static void askInTls(HerdServer server, Secret secret) throws InterruptedException {
        TlsSet pair = new TlsSet(SelfSigned.make("train"), null);
        String name = server.config().name().toString();
        Topology herd = new Topology(Map.of(name, server.config().listen()), Map.of(name, Set.of()),
                new HerdSettings(Map.of(), Map.of()));
        new HerdSurvey(herd, new Credentials(secret, new Sealing(LinkTls.ALWAYS, () -> pair, Clock.systemUTC())), LIMIT)
                .status();
    }

    private static ServerAddress freeAddress() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new ServerAddress("127.0.0.1", any.getLocalPort());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
