package dev.proxyherd.server;

import dev.proxyherd.fences.follow.Following;
import dev.proxyherd.fences.hooks.Webhooks;
import dev.proxyherd.gateway.Gateway;
import dev.proxyherd.gateway.GatewaySettings;
import dev.proxyherd.gateway.api.ClientForgetter;
import dev.proxyherd.journal.FsyncPolicy;
import dev.proxyherd.journal.Journal;
import dev.proxyherd.link.inquiry.Inquiries;
import dev.proxyherd.link.seal.Credentials;
import dev.proxyherd.log.Endless;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.mqtt.MqttSettings;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.server.files.StateFolder;
import dev.proxyherd.server.files.StateLock;
import dev.proxyherd.server.files.StateSettings;
import dev.proxyherd.status.HerdStatus;
import dev.proxyherd.status.ReloadStatus;
import dev.proxyherd.status.ServerStatus;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import dev.proxyherd.tls.LiveTls;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One server of the herd. It runs from {@link #start} to {@link #stop}, both of which may be called from any thread.
 */
public final class HerdServer implements AutoCloseable {
    private final StateLock lock;
    private final ServerParts parts;
    private final HttpOpener http;

    /** Held while something changes, so that nothing does once the server is stopping. */
    private final ReentrantLock changing = new ReentrantLock();
    private boolean stopping;

    private HerdServer(StateLock lock, @Nullable Webhooks webhooks, ServerParts parts) {
        this.lock = lock;
        this.parts = parts;
        parts.webhooks = webhooks;
        this.http = new HttpOpener(parts);
    }

    /**
     * Starts a server; when this returns it accepts connections.
     *
     * @throws IOException if it cannot start; the message names the file or address and what to do
     */
    public static HerdServer start(ServerConfig config) throws IOException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            StateSettings state = config.settings().state();
            StateFolder.prepare(state.dir(), config.context().warnings());
            StateLock lock = StateLock.take(config.lockFile());
            opened.push(lock);
            TrafficLog log = TrafficLog.open(config.logFile(), state.logBytes(), config.context().clock(),
                    config.name().toString(), config.context().warnings());
            opened.push(log);
            ServerSocket listener = Listener.open(config.listen());
            opened.push(listener);
            ServerAddress tlsAddress = config.settings().tls().listen().get(config.name().toString());
            ServerSocket tlsListener = tlsAddress == null ? null : Listener.open(tlsAddress);
            if (tlsListener != null) {
                opened.push(tlsListener);
                log.note("clients in TLS on " + tlsAddress);
            }
            FsyncPolicy fsync = state.fsync();
            Journal journal = fsync == null ? null : JournalOpener.open(config, fsync, log);
            if (journal != null) {
                opened.push(journal);
            }
            Webhooks webhooks = WebhookOpener.open(config, log);
            if (webhooks != null) {
                opened.push(webhooks);
            }
            HerdServer server = new HerdServer(lock, webhooks,
                    new ServerParts(config, log, listener, journal, new ServerTls(config, log), tlsListener));
            server.begin(listener.getInetAddress(), tlsListener == null ? null : tlsListener.getInetAddress());
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

    private void begin(InetAddress own, @Nullable InetAddress inTls) {
        parts.log.note("server " + config().name() + " listens on " + config().listen());
        LoopbackHint.giveSoon(config(), own);
        warn(OpenPorts.lines(config(), own));
        warn(inTls == null ? null : OpenPorts.tls(config(), inTls));
        parts.tls.prepare(own, certifiable());
        ServerThreads threads = parts.threads;
        if (parts.following != null) {
            // Before anything can be heard.
            Webhooks webhooks = parts.webhooks;
            if (webhooks != null) {
                parts.following.tell(webhooks);
                parts.intake.tell((location, heard, from) -> forget(webhooks, location));
            }
            parts.following.start();
        }
        threads.upkeep().execute(new Endless("sweeper", parts.log.faults(), parts.sweeper::round));
        if (parts.history != null) {
            parts.history.start();
        }
        threads.clients().execute(parts.acceptor);
        if (parts.tlsAcceptor != null) {
            threads.clients().execute(parts.tlsAcceptor);
        }
        LiveTls given = parts.tls.live;
        if (given != null) {
            threads.upkeep().execute(new Endless("certificates", parts.log.faults(),
                    () -> parts.tls.round(given, this::certifiable)));
        }
        lookAgain("tokens", parts.tokens == null ? null : parts.tokens::round);
        lookAgain("client-authorities",
                parts.tls.clientAuthorities == null ? null : parts.tls.clientAuthorities::round);
        if (parts.expiry.isOn()) {
            threads.upkeep().execute(new Endless("expiry", parts.log.faults(),
                    new ExpirySweep(parts.store, parts.expiry, parts::expired)::round));
        }
        if (parts.journal != null) {
            // Neighbours are taught, and compared with, what was known before; so links wait for the replay.
            parts.journal.start(parts.room, parts::join);
        } else {
            parts.join();
        }
    }

    private static void forget(Webhooks webhooks, Location location) {
        if (location.isGone()) {
            webhooks.forget(location.client(), location.timeNanos());
        }
    }

    private void lookAgain(String name, Endless.@Nullable Round look) {
        if (look != null) {
            parts.threads.upkeep().execute(new Endless(name, parts.log.faults(), look));
        }
    }

    private void warn(@Nullable String text) {
        if (text != null) {
            parts.log.warn(text);
        }
    }

    private Set<String> certifiable() {
        return config().node().certifiable();
    }

    /** The server's name, address and settings. */
    public ServerConfig config() {
        return parts.config;
    }

    /**
     * Changes what may change while the server runs, as one: where it listens, its neighbours, its limits. What is as it was
     * is not touched. Returns when new clients find it so; links come and go by themselves.
     *
     * @throws IOException if it cannot listen there, or is stopping; nothing has changed then
     */
    public void change(Node node, ClientLimits limits) throws IOException {
        // Outside the lock, for a name service may take its time.
        ServerSocket moved = isAt(node.listen()) ? null : Listener.open(node.listen());
        changing.lock();
        try {
            if (stopping) {
                if (moved != null) {
                    moved.close();
                }
                throw new IOException(node.name() + " is stopping");
            }
            parts.config = parts.config.with(node, limits);
            parts.acceptor.limit(limits.connections());
            parts.room.limit(limits.maxClients());
            http.limitPerHost(limits.connections().perHost());
            parts.links.change(node.neighbours());
            if (moved != null) {
                parts.log.note("server " + node.name() + " listens on " + node.listen());
                int clients = parts.acceptor.move(moved);
                parts.log.note("the address before is left, and " + clients + " connections to it end");
                LoopbackHint.giveSoon(parts.config, moved.getInetAddress());
                warn(OpenPorts.lines(parts.config, moved.getInetAddress()));
            }
        } finally {
            changing.unlock();
        }
    }

    private boolean isAt(ServerAddress address) {
        return address.equals(parts.config.listen())
                || new InetSocketAddress(address.host(), address.port()).equals(parts.acceptor.address());
    }

    /** Takes down what came of reading the topology file again, for the log and the status. */
    public void noteReload(ReloadStatus reload) {
        parts.reloads.note(reload);
    }

    /** Writes into the server's log. */
    public void note(String text) {
        parts.log.note(text);
    }

    /** By what it is known to other servers that it asks. */
    public Credentials credentials() {
        return new Credentials(config().settings().secret(), parts.tls.sealing);
    }

    /** What the server knows. */
    public LocationStore store() {
        return parts.store;
    }

    /** Where its clients are as to fences; null where it has none. */
    @Nullable
    Following following() {
        return parts.following;
    }

    /** How many clients it takes in, which may change. */
    Room room() {
        return parts.room;
    }

    /** How the server is; what is past the cutoffs is left out of the digest. */
    public ServerStatus status(Cutoffs cutoffs) {
        return parts.report.serverStatus(cutoffs);
    }

    /** Whether it knows all that it did before its start. */
    public boolean isReplayed() {
        return parts.view.isReady();
    }

    /**
     * Writes down that a client is to be forgotten, as this server's part of it.
     *
     * @param notBeforeNanos the least time to write, POSIX nanoseconds
     * @return the GONE line
     * @throws IOException if this server does not know yet what it will; the message says why
     */
    public String forget(String client, long notBeforeNanos) throws IOException {
        try {
            String gone = parts.report.forget(client, notBeforeNanos).toString();
            parts.report.settle();
            return gone;
        } catch (Inquiries.NotYetException e) {
            throw new IOException(config().name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Opens this server's HTTP port, once; without this call nothing of the gateway is loaded.
     *
     * @param herd how the herd is, whenever somebody asks
     * @param forgetter has the whole herd forget a client
     * @throws IOException if the port cannot be opened, or must not be as the settings are
     * @throws IllegalStateException if the server has one already
     */
    public Gateway openHttp(GatewaySettings settings, Supplier<HerdStatus> herd, ClientForgetter forgetter)
            throws IOException {
        return http.open(settings, herd, forgetter);
    }

    /**
     * Begins to connect with an MQTT broker, once; without this call nothing of that is loaded.
     *
     * @throws IOException if the library for it is not there; the message says what to do
     */
    public void openMqtt(MqttSettings settings) throws IOException {
        parts.mqtt = new MqttOpener(parts).open(settings);
    }

    /**
     * Stops in order: accept no more, answer what was read, send neighbours what is queued, close, flush the files. Takes
     * some seconds at most. Harmless when repeated.
     */
    public void stop() {
        changing.lock();
        try {
            stopping = true;
        } finally {
            changing.unlock();
        }
        ServerThreads threads = parts.threads;
        http.close();
        if (parts.tlsAcceptor != null) {
            parts.tlsAcceptor.stop();
        }
        parts.acceptor.stop();
        if (!ServerThreads.end(threads.clients())) {
            parts.acceptor.abort();
            if (parts.tlsAcceptor != null) {
                parts.tlsAcceptor.abort();
            }
        }
        if (parts.mqtt != null) {
            parts.mqtt.close();
        }
        if (parts.region != null) {
            parts.region.close();
        }
        if (parts.history != null) {
            parts.history.close();
        }
        parts.links.stop();
        if (!ServerThreads.end(threads.links())) {
            parts.links.abort();
        }
        threads.endAll();
        if (parts.following != null) {
            parts.following.close();
        }
        if (parts.webhooks != null) {
            parts.webhooks.close();
        }
        if (parts.journal != null) {
            parts.journal.close();
        }
        parts.log.note("server " + config().name() + " has stopped");
        parts.log.close();
        // A journal that hangs in a write still owns its file: nobody else may have the folder yet.
        if (parts.journal == null || parts.journal.hasEnded()) {
            lock.close();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
