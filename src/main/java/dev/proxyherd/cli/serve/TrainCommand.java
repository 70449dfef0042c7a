package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.options.ClientOutput;
import dev.proxyherd.cli.options.TopologyOption;
import dev.proxyherd.client.HerdClient;
import dev.proxyherd.link.handshake.Passphrase;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.seal.Credentials;
import dev.proxyherd.link.seal.LinkTls;
import dev.proxyherd.link.seal.Sealing;
import dev.proxyherd.server.files.SecretFile;
import dev.proxyherd.server.process.HerdProcess;
import dev.proxyherd.server.process.StartException;
import dev.proxyherd.server.survey.HerdSurvey;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Hidden: does what servers and clients do in their first seconds, with two servers of its own in a temporary folder, so
 * that bin/herd can archive the classes which that loads, and what is learnt of their methods. It uses no topology and no
 * environment: bin/herd does not retry where it has failed, and what is wrong with these may be repaired in a minute.
 */
@Command(name = "train", hidden = true)
public final class TrainCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String ONE = "One";
    private static final String OTHER = "Other";

    @Spec
    private CommandSpec spec;

    @Mixin
    private TopologyOption topology;

    @Mixin
    private ServerOptions options;

    @Override
    public Integer call() throws CliException, IOException, InterruptedException {
        Path stateDir = Files.createTempDirectory("herd-train");
        try {
            ServerAddress one = freeAddress();
            ServerAddress other = freeAddress();
            ServerAddress http = freeAddress();
            Secret secret = SecretFile.readOrMake(stateDir.resolve("secret"), Passphrase::key);
            topology.file = Files.writeString(stateDir.resolve("topology.json"), topology(one, other));
            set("--state-dir", stateDir);
            set("--secret-file", stateDir.resolve("secret"));
            set("--http", List.of(ONE + '=' + http));
            try (HerdProcess herd = process()) {
                herd.start();
                talk(one, "kiwi");
                talk(other, "kiwi");
                askInTls(one, secret);
                new TrainingLoad(List.of(one, other), http).run();
            }
            try (HerdProcess again = process()) {
                again.start();
                // Waits for the end of the replay.
                talk(one, "unknown");
            }
        } catch (StartException e) {
            throw new CliException(e.getMessage());
        } finally {
            delete(stateDir);
        }
        return 0;
    }

    private static String topology(ServerAddress one, ServerAddress other) {
        return """
                {"servers": {"%s": {"host": "%s", "port": %d}, "%s": {"host": "%s", "port": %d}}, "links": [["%s", "%s"]]}
                """.formatted(ONE, one.host(), one.port(), OTHER, other.host(), other.port(), ONE, OTHER);
    }

    private void set(String option, Object value) {
        spec.findOption(option).setValue(value);
    }

    private HerdProcess process() throws CliException {
        return new ServerRun(topology.path(), topology.read(), options, spec).process(List.of(ONE, OTHER), false);
    }

    private static void talk(ServerAddress server, String client) throws IOException {
        try (HerdClient herd = HerdClient.connect(new InetSocketAddress(server.host(), server.port()), LIMIT)) {
            ClientOutput.print(herd.whatsat(client, "10", "5"));
            ClientOutput.print(herd.iamat("kiwi", "+34.068930-118.445127", HerdClient.time(Instant.now())));
            ClientOutput.print(herd.whatsat("kiwi", "10", "5"));
        }
    }

    /** What a command's first TLS takes, and a server's, is most of what it takes of either in that second. */
    private static void askInTls(ServerAddress server, Secret secret) throws InterruptedException {
        TlsSet pair = new TlsSet(SelfSigned.make("train"), null);
        Topology herd = new Topology(Map.of(ONE, server), Map.of(ONE, Set.of()), new HerdSettings(Map.of(), Map.of()));
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
