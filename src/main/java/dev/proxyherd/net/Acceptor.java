package dev.proxyherd.net;

import dev.proxyherd.io.HostLimit;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.log.Endless;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.log.TrafficLog;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The accept loop. It acquires a permit for each connection before it starts a thread for it, survives whatever accepting
 * throws, and ends when its listener is closed. {@link #run} is a virtual thread of its own.
 */
public final class Acceptor implements Runnable {
    /**
     * How long a connection with a reserved permit may take to begin a handshake, as a neighbour does at once: so clients
     * that find the server full, and say nothing, do not keep neighbours waiting.
     */
    private static final Duration RESERVED_LIMIT = Duration.ofMillis(250);

    /** How long a client's TLS handshake may take; it may be far away. */
    private static final Duration TLS_LIMIT = Duration.ofSeconds(10);

    private static final byte[] NOTHING = {};

    /** When the server stops, how long a read may go on that finds something to read. */
    private static final Duration STOP_GRACE = Duration.ofMillis(10);

    private static final Duration BACKOFF_MIN = Duration.ofMillis(10);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(1);

    private final ServerSocket listener;
    private final ClientService service;
    private final TrafficLog log;
    private final Sweeper sweeper;
    private final Executor threads;
    private final Admission admission;
    private final Set<WatchedSocket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** The accept loop's only. */
    private long backoffMillis = BACKOFF_MIN.toMillis();

    /**
     * @param listener is open, and is closed by {@link #stop}
     * @param sweeper ends connections whose time is up
     * @param threads starts a virtual thread for each connection
     */
    public Acceptor(ServerSocket listener, ClientService service, TrafficLog log, Sweeper sweeper, Executor threads) {
        this(listener, service, log, sweeper, threads, admission(service.limits().connections(), log));
    }

    private static Admission admission(ConnectionLimits limits, TrafficLog log) {
        return new Admission(limits.total(),
                new HostLimit(limits.perHost(), "connections", log::note, System::nanoTime));
    }

    private Acceptor(ServerSocket listener, ClientService service, TrafficLog log, Sweeper sweeper, Executor threads,
            Admission admission) {
        this.listener = listener;
        this.service = service;
        this.log = log;
        this.sweeper = sweeper;
        this.threads = threads;
        this.admission = admission;
    }

    /** Another one, whose connections count together with this one's. */
    public Acceptor beside(ServerSocket other, ClientService otherService) {
        return new Acceptor(other, otherService, log, sweeper, threads, admission);
    }

    @Override
    public void run() {
        new Endless("accept", log.faults(), this::round).run();
    }

    private boolean round() throws InterruptedException {
        try {
            start(listener.accept());
            backoffMillis = BACKOFF_MIN.toMillis();
        } catch (IOException e) {
            if (!listener.isClosed()) {
                log.note("cannot accept: " + e.getMessage() + "; trying again in " + backoffMillis + " ms");
                Thread.sleep(backoffMillis);
                backoffMillis = Math.min(backoffMillis * 2, BACKOFF_MAX.toMillis());
            }
        }
        return !listener.isClosed();
    }

    /** Starts the connection's thread, once there is a permit for it: one connection at most waits here. */
    private void start(Socket plain) throws IOException, InterruptedException {
        ClientPermit permit = null;
        try {
            permit = service.links() == null ? admission.acquireForClient(plain.getInetAddress())
                    : admission.acquire(plain.getInetAddress());
            if (permit == null) {
                admission.hosts().refuse(plain.getInetAddress());
                plain.close();
                return;
            }
            ClientPermit acquired = permit;
            plain.setTcpNoDelay(true);
            WatchedSocket socket = new WatchedSocket(plain);
            socket.boundUnsent(ClientLimits.UNSENT_BYTES);
            threads.execute(() -> serve(socket, acquired));
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            if (permit != null) {
                permit.release();
            }
            plain.close();
            throw e;
        }
    }

    private void serve(WatchedSocket socket, ClientPermit permit) {
        try (socket) {
            Thread.currentThread().setName("client-" + socket.peer());
            LogBatch batch = log.batch(socket.peer());
            open.add(socket);
            sweeper.watch(socket);
            if (permit.isReserved()) {
                socket.limitLife(RESERVED_LIMIT, permit.refusal() + ", and this began no handshake");
            }
            if (stopping) {
                return;
            }
            seal(socket);
            new ClientConnection(socket, batch, permit, service).run();
        } catch (IOException noTls) {
            socket.close(String.valueOf(noTls.getMessage()));
        } catch (RuntimeException | Error fault) {
            log.faults().survived("client", fault);
            socket.close("a fault of the program, " + fault);
        } finally {
            sweeper.forget(socket);
            open.remove(socket);
            // Whoever has released it before has proved to be a neighbour.
            if (permit.release() && permit.kind() == ClientPermit.Kind.HOST_FULL) {
                admission.hosts().refuse(socket.peerAddress());
            } else if (socket.closeReason() != null) {
                log.note(socket.peer() + " disconnected: " + socket.closeReason());
            }
        }
    }

    /** On the connection's own thread, for the other end may take its time. */
    private void seal(WatchedSocket socket) throws IOException {
        if (service.tls() != null) {
            socket.limitLife(TLS_LIMIT, "no TLS handshake within " + TLS_LIMIT.toSeconds() + " s");
            socket.seal(service.tls().get(), NOTHING);
            socket.liftLife();
        }
    }

    /** Accepts no more, and lets every connection end once what it has sent is answered. */
    public void stop() {
        stopping = true;
        try {
            listener.close();
        } catch (IOException ignored) {
            // It accepts no more either way.
        }
        // Reads that only take what is there are left to end by themselves; the others wait for something to come.
        open.forEach(WatchedSocket::beginNoRead);
        try {
            Thread.sleep(STOP_GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(WatchedSocket::stopReading);
    }

    /** Closes all connections at once. */
    public void abort() {
        open.forEach(socket -> socket.close("this server stops"));
    }

    /** How many connections are open, those of neighbours included. */
    public int connections() {
        return open.size();
    }

    /** How many connections were refused because their address had as many as one may. */
    public long refused() {
        return admission.hosts().refused();
    }
}
