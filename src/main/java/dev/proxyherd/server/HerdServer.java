package dev.proxyherd.server;

import dev.proxyherd.gateway.Gateway;
import dev.proxyherd.gateway.GatewayParts;
import dev.proxyherd.gateway.GatewaySettings;
import dev.proxyherd.gateway.HerdStatus;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.link.Links;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.net.Acceptor;
import dev.proxyherd.net.CommandHandler;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Reports;
import dev.proxyherd.store.UpdateListener;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One server of the herd. It runs from {@link #start} to {@link #stop}, both of which may be called from any thread.
 */
public final class HerdServer implements AutoCloseable {
    private static final int BACKLOG = 4096;

    /** How long connections may take to end by themselves when the server stops; then they are closed. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final ServerConfig config;
    private final LocationStore store = new LocationStore();
    private final Sweeper sweeper = new Sweeper();
    private final ExecutorService clientThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService linkThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final StateLock lock;
    private final TrafficLog log;
    private final ServerSocket listener;
    private final Links links;
    private final Acceptor acceptor;
    private final Reports reports;
    private final CommandHandler handler;
    private final List<UpdateListener> listeners = new CopyOnWriteArrayList<>();
    private final Thread sweeperThread;
    private volatile Gateway gateway;
    private volatile boolean stopping;

    private HerdServer(ServerConfig config, StateLock lock, TrafficLog log, ServerSocket listener) {
        this.config = config;
        this.lock = lock;
        this.log = log;
        this.listener = listener;
        this.links = new Links(config.name().toString(), config.neighbours(), config.secret(), config.timing(),
                store, log, sweeper, linkThreads);
        Intake intake = (location, fromNeighbour) -> {
            if (store.merge(location)) {
                links.flood(location, fromNeighbour);
                for (UpdateListener told : listeners) {
                    told.updated(location, fromNeighbour);
                }
            }
        };
        this.reports = new Reports(config.name(), intake, config.clock());
        this.handler = new CommandHandler(store, reports, config.places());
        this.acceptor = new Acceptor(listener, config.limits(), handler,
                (socket, in, out, admitted) -> links.serve(socket, in, out, intake, admitted),
                log, sweeper, clientThreads);
        this.sweeperThread = Thread.ofVirtual().name("sweeper").unstarted(sweeper);
    }

    /**
     * Starts a server; when this returns it accepts connections.
     *
     * @throws IOException if it cannot start; the message names the file or address and what to do
     */
    public static HerdServer start(ServerConfig config) throws IOException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Files.createDirectories(config.stateDir());
            StateLock lock = StateLock.take(config.lockFile());
            opened.push(lock);
            TrafficLog log =
                    TrafficLog.open(config.logFile(), config.logBytes(), config.clock(), config.name().toString());
            opened.push(log);
            ServerSocket listener = listen(config);
            opened.push(listener);
            HerdServer server = new HerdServer(config, lock, log, listener);
            server.begin();
            opened.clear();
            return server;
        } finally {
            closeAll(opened);
        }
    }

    private static ServerSocket listen(ServerConfig config) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            // A server that was killed must be able to come back on its address at once.
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(config.listen().host(), config.listen().port()), BACKLOG);
            return listener;
        } catch (BindException e) {
            listener.close();
            throw new IOException("cannot listen on " + config.listen() + ": " + e.getMessage()
                    + "; is something else running there?", e);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw new IOException("cannot listen on " + config.listen() + ": " + e.getMessage(), e);
        }
    }

    private static void closeAll(Deque<AutoCloseable> opened) {
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception ignored) {
                // The failure that led here is the one to report.
            }
        }
    }

    private void begin() {
        log.note("server " + config.name() + " listens on " + config.listen());
        sweeperThread.start();
        clientThreads.execute(acceptor);
        links.start();
    }

    /** The server's name, address and neighbours. */
    public ServerConfig config() {
        return config;
    }

    /** What the server knows. */
    public LocationStore store() {
        return store;
    }

    /** How many connections are open, those of neighbours included. */
    public int connections() {
        return acceptor.connections();
    }

    /**
     * Opens this server's HTTP port; without this call nothing of the gateway is loaded.
     *
     * @param herd what is known of servers and links, whenever somebody asks
     * @throws IOException if the port cannot be opened, or must not be as the settings are
     */
    public Gateway openHttp(GatewaySettings settings, Supplier<HerdStatus> herd) throws IOException {
        GatewayMeters meters = new GatewayMeters(config.clock());
        GatewayParts parts = new GatewayParts(new StoreKnown(store), reports, listeners::add, config.places(), config.mayPlotPlaces(),
                config.labels(), log, config.clock(), herd, () -> !stopping, meters.meters());
        gateway = Gateway.open(settings, parts);
        listeners.add(meters);
        handler.measure(meters);
        return gateway;
    }

    /**
     * Stops in order: accept no more, answer what was read, send neighbours what is queued, close, flush the log. Takes
     * some seconds at most. Harmless when repeated.
     */
    public void stop() {
        stopping = true;
        Gateway http = gateway;
        if (http != null) {
            http.close();
        }
        acceptor.stop();
        if (!end(clientThreads)) {
            acceptor.abort();
        }
        links.stop();
        if (!end(linkThreads)) {
            links.abort();
        }
        clientThreads.shutdownNow();
        linkThreads.shutdownNow();
        end(clientThreads);
        end(linkThreads);
        sweeperThread.interrupt();
        log.note("server " + config.name() + " has stopped");
        log.close();
        lock.close();
    }

    private static boolean end(ExecutorService threads) {
        threads.shutdown();
        try {
            return threads.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
