package dev.proxyherd.server;

import dev.proxyherd.io.Sweeper;
import dev.proxyherd.link.Links;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.net.Acceptor;
import dev.proxyherd.net.CommandHandler;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

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
    private final Thread sweeperThread;

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
            }
        };
        CommandHandler handler =
                new CommandHandler(config.name(), store, intake, config.places(), config.clock());
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

    /**
     * Stops in order: accept no more, answer what was read, send neighbours what is queued, close, flush the log. Takes
     * some seconds at most. Harmless when repeated.
     */
    public void stop() {
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
