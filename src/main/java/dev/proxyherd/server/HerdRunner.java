package dev.proxyherd.server;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.cli.serve.HttpAddress;
import dev.proxyherd.cli.serve.ListenAddresses;
import dev.proxyherd.cli.serve.ServerOptions;
import dev.proxyherd.cli.serve.Warnings;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.document.DocumentBudget;
import dev.proxyherd.places.setup.Lookups;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.server.files.FileFailure;
import dev.proxyherd.server.files.SecretFile;
import dev.proxyherd.server.files.StateSettings;
import dev.proxyherd.topology.ServerAddress;
import dev.proxyherd.topology.Topology;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Runs servers in the foreground until a signal ends the process; then stops them in order. */
public final class HerdRunner {
    /** The exit code after a fault that leaves no whole server; running out of memory gives the same. */
    private static final int FAULT = 3;

    private final Topology topology;
    private final ServerOptions options;
    private final PrintWriter out;
    private final PrintWriter err;

    public HerdRunner(Topology topology, ServerOptions options, PrintWriter out, PrintWriter err) {
        this.topology = topology;
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /** @param opensHttp whether one HTTP port is opened when nobody said so */
    public void run(List<String> names, boolean opensHttp) throws CliException, InterruptedException {
        warnOfIslands();
        ListenAddresses listen = ListenAddresses.parse(options.listen, names);
        List<HttpAddress> http = HttpAddress.parse(options, names, topology.servers().keySet(), opensHttp);
        ClientLimits limits = options.clientLimits(names.size(), http.size());
        StateSettings state = options.stateSettings();
        Secret secret = secret(listen);
        PlacesProvider places = options.places.open(err);
        warnOfShortToken(http);
        Lookups lookups = new Lookups(places, DocumentBudget.ofHeap());
        Warnings warnings = new Warnings(err);
        List<HerdServer> running = new CopyOnWriteArrayList<>();
        Thread.setDefaultUncaughtExceptionHandler(new EndedThreads(err, () -> System.exit(FAULT)));
        // A signal's thread stops the servers; the JVM then ends by itself, with 130 or 143. The same when starting fails.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(running, places)));
        for (String name : names) {
            running.add(start(new ServerConfig(
                    ServerName.of(name),
                    listen.of(name, topology.servers().get(name)),
                    topology.neighboursOf(name),
                    secret,
                    limits,
                    LinkTiming.standard(),
                    state,
                    lookups,
                    Clock.systemUTC(),
                    warning -> warnings.add(name, warning))));
        }
        // Not before the ports are open: this would take a part of the processor from the start.
        places.prepare();
        HerdBoard board = new HerdBoard(topology, running, secret);
        List<String> maps = new ArrayList<>();
        for (HttpAddress address : http) {
            maps.add(openHttp(address, running, board));
        }
        running.forEach(server -> out.println(describe(server.config())));
        maps.forEach(out::println);
        out.println(names.size() == 1 ? "Ctrl-C stops it." : names.size() + " servers are up; Ctrl-C stops them.");
        out.flush();
        new CountDownLatch(1).await();
    }

    private void warnOfIslands() {
        Set<String> unreached = topology.island();
        if (!unreached.isEmpty()) {
            err.println("herd: warning: no path of links joins " + String.join(", ", unreached)
                    + " to the other servers; updates will not reach them");
        }
    }

    private void warnOfShortToken(List<HttpAddress> http) {
        String token = options.httpToken;
        if (!http.isEmpty() && token != null && token.length() < HttpAddress.SAFE_TOKEN) {
            err.println("herd: warning: the token for HTTP has " + token.length()
                    + " characters, and may be guessed; give one of "
                    + HttpAddress.SAFE_TOKEN + " or more, for example from: openssl rand -hex 16");
        }
    }

    private static HerdServer start(ServerConfig config) throws CliException {
        try {
            return HerdServer.start(config);
        } catch (IOException e) {
            throw new CliException(config.name() + ": " + FileFailure.words(e));
        }
    }

    /** Returns what to say of it. */
    private String openHttp(HttpAddress address, List<HerdServer> running, HerdBoard board) throws CliException {
        HerdServer server = running.stream()
                .filter(one -> one.config().name().toString().equals(address.server())).findFirst().orElseThrow();
        try {
            return "Live map of " + address.server() + ": " + server.openHttp(
                    address.settings(), () -> board.seenFrom(address.server())).url();
        } catch (IOException e) {
            throw new CliException(address.server() + ": " + e.getMessage());
        }
    }

    private static String describe(ServerConfig config) {
        String neighbours = config.neighbours().isEmpty() ? "none" : String.join(" ", config.neighbours().keySet());
        return String.format("%-10s %-22s neighbours: %-24s log: %s",
                config.name(), config.listen(), neighbours, config.logFile());
    }

    /** Stops all at once, since each may take some seconds. */
    private static void stop(List<HerdServer> running, PlacesProvider places) {
        List<Thread> stops = running.stream().map(server -> Thread.ofVirtual().start(server::stop)).toList();
        try {
            for (Thread stop : stops) {
                stop.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        places.close();
    }

    private Secret secret(ListenAddresses listen) throws CliException {
        if (options.secret.given() == null) {
            refuseStrangers(listen);
        }
        Secret secret = options.secret.givenOrMade();
        Path file = options.secret.file();
        String warning = file == null ? null : SecretFile.warning(file);
        if (warning != null) {
            err.println("herd: warning: " + warning);
        }
        return secret;
    }

    /** A secret made here is known here only: a herd that spans machines, or listens to others, must be given one. */
    private void refuseStrangers(ListenAddresses listen) throws CliException {
        for (ServerAddress address : listen.all(topology)) {
            if (!isLoopback(address)) {
                throw new CliException(address + " is not a loopback address, so the herd needs a secret that all its "
                        + "servers share: set HERD_SECRET, or name a file with --secret-file (16 bytes or more, for "
                        + "example from: openssl rand -hex 32)");
            }
        }
    }

    private static boolean isLoopback(ServerAddress address) throws CliException {
        try {
            return InetAddress.getByName(address.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new CliException(
                    "the host of " + address + " is unknown here; mend its name in the topology, or set HERD_SECRET "
                            + "if only the other servers know it");
        }
    }
}
