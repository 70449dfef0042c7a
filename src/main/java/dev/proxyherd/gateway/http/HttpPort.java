package dev.proxyherd.gateway.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.proxyherd.gateway.access.Guard;
import dev.proxyherd.io.HostLimit;
import dev.proxyherd.log.Endless;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A port of the JDK's HTTP server. It runs from {@link #open} to {@link #close}. */
public final class HttpPort implements AutoCloseable {
    private static final int STOP_SECONDS = 2;

    private final HttpServer server;
    private final ServerAddress address;
    private final ExecutorService threads = RequestThreads.open();
    private final Thread watchdogThread;
    private final Thread acceptsThread;
    private final AcceptFailures acceptFailures = AcceptFailures.ofProcess();
    private final AcceptFailures.Listener onAcceptFailure;
    private final HostLimit hosts;

    private HttpPort(HttpServer server, PortSettings settings, List<Route> routes, RequestCounts counts, TrafficLog log,
            LongSupplier nanos) {
        this.server = server;
        this.address = new ServerAddress(settings.listen().host(), server.getAddress().getPort());
        Watchdog watchdog = new Watchdog(nanos);
        this.watchdogThread =
                Thread.ofVirtual().unstarted(new Endless("http-watchdog", log.faults(), watchdog::round));
        this.acceptsThread =
                Thread.ofVirtual().unstarted(new Endless("http-accepts", log.faults(), acceptFailures::round));
        this.onAcceptFailure = (cause, isFirst) -> noteFailedAccept(cause, isFirst, counts, log);
        acceptFailures.tell(onAcceptFailure);
        server.setExecutor(threads);
        this.hosts = new HostLimit(settings.requestsPerHost(), "HTTP requests under way", log::note, nanos);
        Guard guard = new Guard(settings.access(), settings.listen().host());
        server.createContext("/", new Dispatcher(routes, guard, hosts, watchdog, counts, log)::handle);
    }

    private static void noteFailedAccept(IOException cause, boolean isFirst, RequestCounts counts, TrafficLog log) {
        counts.failedAccepts.increment();
        if (isFirst) {
            log.warn("cannot accept HTTP connections: " + cause.getMessage()
                    + "; they wait until that is over. A higher ulimit -n, or a lower --max-connections, leaves some for them");
        }
    }

    /**
     * Opens a port; when this returns it accepts requests.
     *
     * @param routes of which the first that fits a path is its own; the last must fit all
     * @param nanos a clock that only goes forward, as {@link System#nanoTime}, by which requests are ended that take too long
     * @throws IOException if it cannot, or must not be opened without a token; the message says what to do
     */
    public static HttpPort open(PortSettings settings, List<Route> routes, RequestCounts counts, TrafficLog log,
            LongSupplier nanos) throws IOException {
        ServerAddress listen = settings.listen();
        InetAddress host = InetAddress.getByName(listen.host());
        if (!host.isLoopbackAddress() && !settings.access().asksForTokens() && !settings.access().open()) {
            throw new IOException("--http " + listen + " would let others in: give a token with --http-token (or "
                    + "HERD_HTTP_TOKEN), a file of tokens with --tokens, or say --http-open");
        }
        HttpLimits.install();
        HttpPort port = new HttpPort(bind(host, settings), settings, routes, counts, log, nanos);
        port.watchdogThread.start();
        port.acceptsThread.start();
        port.server.start();
        log.note((port.isTls() ? "https on " : "http on ") + port.address);
        return port;
    }

    private static HttpServer bind(InetAddress host, PortSettings settings) throws IOException {
        int port = settings.listen().port();
        for (int left = settings.tries(); true; left--) {
            try {
                InetSocketAddress address = new InetSocketAddress(host, port);
                if (settings.tls() == null) {
                    return HttpServer.create(address, HttpLimits.MAX_CONNECTIONS);
                }
                HttpsServer https = HttpsServer.create(address, HttpLimits.MAX_CONNECTIONS);
                https.setHttpsConfigurator(new HttpsVersions(settings.tls()));
                return https;
            } catch (BindException e) {
                if (left <= 1) {
                    throw new IOException("cannot open HTTP on " + settings.listen() + ": " + e.getMessage()
                            + "; is something else running there? --http HOST:PORT chooses another", e);
                }
                port++;
            }
        }
    }

    /** Whether it speaks HTTPS. */
    public boolean isTls() {
        return server instanceof HttpsServer;
    }

    /** Where it listens. */
    public ServerAddress address() {
        return address;
    }

    /** From now on one address may have so many requests under way, 0 for no limit. */
    public void limitPerHost(int requests) {
        hosts.limit(requests);
    }

    /** Gives requests some seconds to end, and closes the port. */
    @Override
    public void close() {
        try {
            server.stop(STOP_SECONDS);
        } catch (UncheckedIOException ignored) {
            // It is closed either way.
        }
        threads.shutdownNow();
        try {
            threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watchdogThread.interrupt();
        acceptsThread.interrupt();
        acceptFailures.tellNoMore(onAcceptFailure);
    }
}
