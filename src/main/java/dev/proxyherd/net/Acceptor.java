package dev.proxyherd.net;

import dev.proxyherd.io.HostLimit;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.log.Endless;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.rights.Rights;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The accept loop. It acquires a permit for each connection before it starts a thread for it, survives whatever accepting
 * throws, goes on where it is told to listen elsewhere, and ends when it is stopped. {@link #run} is a virtual thread of its
 * own.
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

    /** How long connections to an address that has been left may take to have what they sent answered. */
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(3);

    private static final Duration BACKOFF_MIN = Duration.ofMillis(10);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(1);

    private final ClientService service;
    private final TrafficLog log;
    private final Sweeper sweeper;
    private final Executor threads;
    private final Admission admission;
    private final Map<WatchedSocket, Guest> open = new ConcurrentHashMap<>();
    private volatile ServerSocket listener;
    private volatile boolean stopping;

    /** The accept loop's only. */
    private long backoffMillis = BACKOFF_MIN.toMillis();

    /** By which listener a connection came, and its permit, which a neighbour has given back. */
    private record Guest(ServerSocket door, ClientPermit permit) {
    }

    /**
     * @param listener is open, and is closed by {@link #stop}
     * @param sweeper ends connections whose time is up
     * @param threads starts a virtual thread for each connection
     */
    public Acceptor(ServerSocket listener, ClientService service, TrafficLog log, Sweeper sweeper, Executor threads) {
        this(listener, service, log, sweeper, threads, admission(service.limits().get().connections(), log));
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
        ServerSocket door = listener;
        try {
            start(door.accept(), door);
            backoffMillis = BACKOFF_MIN.toMillis();
        } catch (IOException e) {
            if (!door.isClosed()) {
                log.note("cannot accept: " + e.getMessage() + "; trying again in " + backoffMillis + " ms");
                Thread.sleep(backoffMillis);
                backoffMillis = Math.min(backoffMillis * 2, BACKOFF_MAX.toMillis());
            }
        }
        return !stopping;
    }

    /** Starts the connection's thread, once there is a permit for it: one connection at most waits here. */
    private void start(Socket plain, ServerSocket door) throws IOException, InterruptedException {
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
            threads.execute(() -> serve(socket, new Guest(door, acquired)));
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            if (permit != null) {
                permit.release();
            }
            plain.close();
            throw e;
        }
    }

    private void serve(WatchedSocket socket, Guest guest) {
        ClientPermit permit = guest.permit();
        try (socket) {
            Thread.currentThread().setName("client-" + socket.peer());
            LogBatch batch = log.batch(socket.peer());
            open.put(socket, guest);
            sweeper.watch(socket);
            if (permit.isReserved()) {
                socket.limitLife(RESERVED_LIMIT, permit.refusal() + ", and this began no handshake");
            }
            if (stopping || guest.door().isClosed()) {
                return;
            }
            seal(socket);
            new ClientConnection(socket, batch, permit, service, rights(socket)).run();
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

    /** What whoever has connected may do; null for everything. */
    private @Nullable Supplier<Rights> rights(WatchedSocket socket) throws IOException {
        Door door = service.door();
        return door == null ? null : door.admit(socket.peer(), socket.seal());
    }

    /** Accepts no more, and lets every connection end once what it has sent is answered. */
    public void stop() {
        stopping = true;
        try {
            listener.close();
        } catch (IOException ignored) {
            // It accepts no more either way.
        }
        stopReading(List.copyOf(open.keySet()));
    }

    /**
     * Listens elsewhere from now on. Clients that came by the listener before are let go, as when the server stops; the
     * neighbours' links go on, for they lead to this server whatever its address.
     *
     * @param next is open, and is closed by {@link #stop}; the one before is closed here
     * @return how many connections are let go
     */
    public int move(ServerSocket next) {
        ServerSocket before = listener;
        listener = next;
        try {
            before.close();
        } catch (IOException ignored) {
            // Nothing is accepted there any more.
        }
        List<WatchedSocket> leaving = open.entrySet().stream()
                .filter(one -> one.getValue().door().isClosed() && !one.getValue().permit().isReleased())
                .map(Map.Entry::getKey).toList();
        stopReading(leaving);
        leaving.forEach(socket -> socket.limitLife(LEAVE_LIMIT, "this server has left the address"));
        return leaving.size();
    }

    /** From now on so many connections are taken; those that are open stay. One thread at a time. */
    public void limit(ConnectionLimits limits) {
        admission.resize(limits.total());
        admission.hosts().limit(limits.perHost());
    }

    /** Where it listens; once it is stopped, where it did. */
    public SocketAddress address() {
        return listener.getLocalSocketAddress();
    }

    /** Reads that only take what is there are left to end by themselves; the others wait for something to come. */
    private static void stopReading(List<WatchedSocket> sockets) {
        sockets.forEach(WatchedSocket::beginNoRead);
        try {
            Thread.sleep(STOP_GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.forEach(WatchedSocket::stopReading);
    }

    /** Closes all connections at once. */
    public void abort() {
        open.keySet().forEach(socket -> socket.close("this server stops"));
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
