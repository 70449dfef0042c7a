package dev.proxyherd.server.process;

import dev.proxyherd.fences.FenceGeometry;
import dev.proxyherd.fences.file.FencesFile;
import dev.proxyherd.log.Faults;
import dev.proxyherd.mqtt.MqttSettings;
import dev.proxyherd.places.setup.DocumentBudget;
import dev.proxyherd.places.setup.Lookups;
import dev.proxyherd.server.FenceSettings;
import dev.proxyherd.server.HerdServer;
import dev.proxyherd.server.Node;
import dev.proxyherd.server.ServerConfig;
import dev.proxyherd.server.ServerContext;
import dev.proxyherd.server.files.FileFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Runs servers in the foreground until a signal ends the process; then stops them in order. Once in a process. */
public final class HerdProcess implements AutoCloseable {
    /** The exit code after a fault that leaves no whole server; running out of memory gives the same. */
    private static final int FAULT = 3;

    private final ProcessSettings settings;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Warnings warnings;
    private final List<HerdServer> running = new CopyOnWriteArrayList<>();
    private final Reloader reloader;

    public HerdProcess(ProcessSettings settings, PrintWriter out, PrintWriter err) {
        this.settings = settings;
        this.reloader = new Reloader(settings.source(), settings.start(), running);
        this.out = out;
        this.err = err;
        this.warnings = new Warnings(err);
    }

    /**
     * Does not return, but to throw.
     *
     * @throws StartException if a server or an HTTP port cannot start; those that have started stop as the process ends
     */
    public void run() throws StartException, InterruptedException {
        FencesFile fences = openFences();
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtFaults(err, () -> System.exit(FAULT)));
        // A signal's thread stops the servers; the JVM then ends by itself, with 130 or 143. The same when starting fails.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::close));
        List<String> maps = startAll(fences);
        Faults faults = new Faults(fault -> warnings.add(settings.names().getFirst(), fault));
        reloader.begin(faults);
        if (fences != null) {
            fences.begin(faults);
        }
        running.forEach(server -> out.println(describe(server.config())));
        maps.forEach(out::println);
        out.println(running.size() == 1 ? "Ctrl-C stops it." : running.size() + " servers are up; Ctrl-C stops them.");
        out.flush();
        new CountDownLatch(1).await();
    }

    /**
     * Starts the servers and their ports and no more: neither does a signal stop them, nor is their topology read again.
     *
     * @throws StartException if one cannot start; those that have started run until this is closed
     */
    public void start() throws StartException {
        startAll(null);
    }

    /** Returns what to say of the HTTP ports. */
    private List<String> startAll(@Nullable FencesFile fences) throws StartException {
        Lookups lookups = new Lookups(settings.places(), DocumentBudget.ofHeap());
        for (String name : settings.names()) {
            Node node = Objects.requireNonNull(settings.start().nodes().get(name), name);
            running.add(start(new ServerConfig(node, settings.servers(), new ServerContext(lookups, Clock.systemUTC(),
                    reloader, warning -> warnings.add(name, warning), new SecureRandom(),
                    fenceSettings(fences)))));
        }
        // Not before the ports are open: this would take a part of the processor from the start.
        settings.places().prepare();
        List<String> maps = openHttp();
        openMqtt();
        return maps;
    }

    private @Nullable FenceSettings fenceSettings(@Nullable FencesFile file) {
        return file == null || settings.fences() == null ? null
                : new FenceSettings(file::current, settings.fences().outboxBytes(), settings.fences().webhookKey());
    }

    private @Nullable FencesFile openFences() throws StartException {
        if (settings.fences() == null) {
            return null;
        }
        try {
            return new FencesFile(settings.fences().file(), FenceGeometry.open(), Clock.systemUTC(),
                    note -> running.forEach(server -> server.note(note)),
                    warning -> warnings.add(settings.names().getFirst(), warning));
        } catch (IOException e) {
            throw new StartException("--fences: " + e.getMessage(), e);
        }
    }

    private static HerdServer start(ServerConfig config) throws StartException {
        try {
            return HerdServer.start(config);
        } catch (IOException e) {
            throw new StartException(config.name() + ": " + FileFailure.words(e), e);
        }
    }

    /** Returns what to say of the ports. */
    private List<String> openHttp() throws StartException {
        StatusCache status = new StatusCache(reloader::topology, running, running.getFirst().credentials());
        List<String> maps = new ArrayList<>();
        for (HttpPort port : settings.http()) {
            String name = port.server();
            HerdServer server = running.stream()
                    .filter(one -> one.config().name().toString().equals(name)).findFirst().orElseThrow();
            HerdForgetting forgetting =
                    new HerdForgetting(server, reloader::topology);
            try {
                maps.add("Live map of " + name + ": "
                        + server.openHttp(port.settings(), () -> status.seenFrom(name), forgetting).url());
            } catch (IOException e) {
                throw new StartException(name + ": " + e.getMessage(), e);
            }
        }
        return maps;
    }

    private void openMqtt() throws StartException {
        for (HerdServer server : running) {
            String name = server.config().name().toString();
            MqttSettings mqtt = settings.mqtt().get(name);
            if (mqtt != null) {
                try {
                    server.openMqtt(mqtt);
                } catch (IOException e) {
                    throw new StartException(name + ": --mqtt: " + e.getMessage(), e);
                }
            }
        }
    }

    private static String describe(ServerConfig config) {
        Set<String> neighbours = config.node().neighbours().keySet();
        return String.format("%-10s %-22s neighbours: %-24s log: %s", config.name(), config.listen(),
                neighbours.isEmpty() ? "none" : String.join(" ", neighbours), config.logFile());
    }

    /** Stops all at once, since each may take some seconds. */
    @Override
    public void close() {
        List<Thread> stops = running.stream().map(server -> Thread.ofVirtual().start(server::stop)).toList();
        try {
            for (Thread stop : stops) {
                stop.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        settings.places().close();
    }
}
