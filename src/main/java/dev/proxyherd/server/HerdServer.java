package dev.proxyherd.server;

import com.google.gson.Gson;
import dev.proxyherd.gateway.Gateway;
import dev.proxyherd.gateway.GatewayParts;
import dev.proxyherd.gateway.GatewaySettings;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.journal.ChangedClients;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.journal.Journal;
import dev.proxyherd.journal.JournalNotes;
import dev.proxyherd.journal.JournalWriter;
import dev.proxyherd.link.LinkSettings;
import dev.proxyherd.link.Links;
import dev.proxyherd.link.inquiry.Inquiries;
import dev.proxyherd.log.Endless;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.net.Acceptor;
import dev.proxyherd.net.ClientService;
import dev.proxyherd.net.CommandHandler;
import dev.proxyherd.places.PlaceLabels;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.server.files.FileFailure;
import dev.proxyherd.server.files.StateFolder;
import dev.proxyherd.server.files.StateLock;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Reports;
import dev.proxyherd.store.StoreView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One server of the herd. It runs from {@link #start} to {@link #stop}, both of which may be called from any thread.
 */
public final class HerdServer implements AutoCloseable {
    /** How long connections may take to end by themselves when the server stops; then they are closed. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final ServerConfig config;
    private final StateLock lock;
    private final TrafficLog log;
    private final long startedMillis;
    private final LocationStore store;
    private final Sweeper sweeper = new Sweeper();
    private final ExecutorService clientThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService linkThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService upkeepThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final Expiry expiry;
    private final StoreView view;
    private final Journal journal;
    private final Links links;
    private final HerdIntake intake;
    private final Reports reports;
    private final CommandHandler handler;
    private final Acceptor acceptor;
    private volatile Gateway gateway;
    private volatile boolean stopping;

    private HerdServer(ServerConfig config, StateLock lock, TrafficLog log, ServerSocket listener) {
        this.config = config;
        this.lock = lock;
        this.log = log;
        this.startedMillis = config.clock().millis();
        this.expiry = new Expiry(config.state().expireAfter(), config.clock());
        FsyncPolicy fsync = config.state().fsync();
        ChangedClients changed = fsync == null ? null : new ChangedClients(fsync == FsyncPolicy.ALWAYS);
        this.store = new LocationStore(changed);
        this.links = new Links(new LinkSettings(config.name().toString(), config.neighbours(), config.secret(),
                config.timing()), store, expiry, log, sweeper, linkThreads);
        this.journal = changed == null ? null : newJournal(changed);
        this.view = new StoreView(store, expiry, journal);
        this.intake = new HerdIntake(store, expiry, journal, links);
        this.reports =
                new Reports(config.name(), store, intake, config.limits().maxAhead(), config.limits().maxClients(),
                        log::warn);
        this.handler = new CommandHandler(reports, view, config.places());
        ClientService service = new ClientService(config.limits(), handler,
                (connection, admitted) -> links.serve(connection, intake, inquiries(), admitted));
        this.acceptor = new Acceptor(listener, service, log, sweeper, clientThreads);
    }

    private Journal newJournal(ChangedClients changed) {
        JournalWriter writer = new JournalWriter(config.journalFile(), config.state().fsync(), store, changed,
                expiry, notes());
        // Neighbours are taught, and compared with, what was known before; so links wait for the replay.
        return new Journal(writer, config.name().toString(), links::start);
    }

    private void openJournal() throws IOException {
        try {
            journal.open();
        } catch (IOException e) {
            throw new IOException("the journal cannot be opened: " + FileFailure.words(e) + FileFailure.mend(e)
                    + "; what it holds is not touched, and the server does not start without it: mend that, or name another --state-dir",
                    e);
        }
    }

    private JournalNotes notes() {
        return new JournalNotes() {
            @Override
            public void note(String text) {
                log.note(text);
            }

            @Override
            public void warn(String text) {
                log.warn(text);
            }
        };
    }

    /**
     * Starts a server; when this returns it accepts connections.
     *
     * @throws IOException if it cannot start; the message names the file or address and what to do
     */
    public static HerdServer start(ServerConfig config) throws IOException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            StateFolder.prepare(config.state().dir(), config.warnings());
            StateLock lock = StateLock.take(config.lockFile());
            opened.push(lock);
            TrafficLog log = TrafficLog.open(
                    config.logFile(), config.state().logBytes(), config.clock(), config.name().toString(),
                    config.warnings());
            opened.push(log);
            ServerSocket listener = Listener.open(config.listen());
            opened.push(listener);
            HerdServer server = new HerdServer(config, lock, log, listener);
            server.begin(listener.getInetAddress());
            opened.clear();
            return server;
        } finally {
            closeAll(opened);
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

    private void begin(InetAddress own) throws IOException {
        if (journal != null) {
            openJournal();
        }
        log.note("server " + config.name() + " listens on " + config.listen());
        LoopbackHint.giveSoon(config, own);
        upkeepThreads.execute(new Endless("sweeper", log.faults(), sweeper::round));
        clientThreads.execute(acceptor);
        if (expiry.isOn()) {
            upkeepThreads.execute(new Endless("expiry", log.faults(), new ExpirySweep(store, expiry)::round));
        }
        if (journal != null) {
            journal.start();
        } else {
            links.start();
        }
    }

    /** The server's name, address and neighbours. */
    public ServerConfig config() {
        return config;
    }

    /** What the server knows. */
    public LocationStore store() {
        return store;
    }

    /** How the server is; locations of a client time before the cutoff are left out of the digest. */
    public ServerStatus status(long cutoffNanos) {
        long digest = cutoffNanos == 0 ? store.digest() : store.digestSince(cutoffNanos);
        return new ServerStatus(config.name().toString(), startedMillis,
                Expiry.nanos(config.clock().instant()), store.size(), HexFormat.of().toHexDigits(digest),
                expiry.cutoffNanos(), acceptor.connections(), links.status(),
                journal == null ? null : journal.status());
    }

    /**
     * Opens this server's HTTP port, once; without this call nothing of the gateway is loaded.
     *
     * @param herd what is known of servers and links, whenever somebody asks
     * @throws IOException if the port cannot be opened, or must not be as the settings are
     * @throws IllegalStateException if the server has one already
     */
    public Gateway openHttp(GatewaySettings settings, Supplier<HerdStatus> herd) throws IOException {
        if (gateway != null) {
            throw new IllegalStateException("the server " + config.name() + " has an HTTP port already");
        }
        GatewayMeters meters = new GatewayMeters();
        GatewayParts parts = new GatewayParts(new StoreKnown(store, view, expiry, journal), reports, intake::tell,
                config.places().provider(), labels(), log, config.clock(), herd, this::isReady, meters.meters(),
                acceptor::refused);
        gateway = Gateway.open(settings, parts);
        intake.tell(meters);
        handler.measure(meters);
        return gateway;
    }

    private boolean isReady() {
        return !stopping && (journal == null || journal.isReplayed());
    }

    /** Names of localities for the map; from the places, or else loaded when the map first asks for them. */
    private PlaceLabels labels() {
        return config.places().provider() instanceof PlaceLabels labels ? labels : new LazyLabels();
    }

    private Inquiries inquiries() {
        return new Inquiries() {
            @Override
            public String status(long cutoffNanos) {
                return new Gson().toJson(HerdServer.this.status(cutoffNanos));
            }

            @Override
            public Location trace(String client) {
                return view.find(client);
            }
        };
    }

    /**
     * Stops in order: accept no more, answer what was read, send neighbours what is queued, close, flush the files. Takes
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
        upkeepThreads.shutdownNow();
        end(clientThreads);
        end(linkThreads);
        end(upkeepThreads);
        if (journal != null) {
            journal.close();
        }
        log.note("server " + config.name() + " has stopped");
        log.close();
        // A journal that hangs in a write still owns its file: nobody else may have the folder yet.
        if (journal == null || journal.hasEnded()) {
            lock.close();
        }
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
