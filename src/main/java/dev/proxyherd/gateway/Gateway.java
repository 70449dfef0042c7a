package dev.proxyherd.gateway;

import com.sun.net.httpserver.HttpServer;
import dev.proxyherd.gateway.api.ClientsApi;
import dev.proxyherd.gateway.api.EventStream;
import dev.proxyherd.gateway.api.HealthPages;
import dev.proxyherd.gateway.api.HerdApi;
import dev.proxyherd.gateway.api.LabelsApi;
import dev.proxyherd.gateway.api.PlacesApi;
import dev.proxyherd.gateway.api.StaticFiles;
import dev.proxyherd.gateway.http.AcceptFailures;
import dev.proxyherd.gateway.http.Front;
import dev.proxyherd.gateway.http.GatewayCounts;
import dev.proxyherd.gateway.http.GatewayThreads;
import dev.proxyherd.gateway.http.HttpLimits;
import dev.proxyherd.gateway.http.Watchdog;
import dev.proxyherd.gateway.index.ChangeLog;
import dev.proxyherd.gateway.index.Feed;
import dev.proxyherd.gateway.metrics.MetricsEndpoint;
import dev.proxyherd.gateway.metrics.MetricsPage;
import dev.proxyherd.gateway.reports.ReportEndpoint;
import dev.proxyherd.gateway.request.Guard;
import dev.proxyherd.io.HostLimit;
import dev.proxyherd.log.Endless;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One server's HTTP port. It runs from {@link #open} to {@link #close}. */
public final class Gateway implements AutoCloseable {
    private static final int STOP_SECONDS = 2;

    private final HttpServer http;
    private final ExecutorService threads;
    private final Thread watchdogThread;
    private final Feed feed;
    private final ServerAddress address;
    private final AcceptFailures acceptFailures = AcceptFailures.ofProcess();
    private final AcceptFailures.Listener onAcceptFailure;

    private Gateway(HttpServer http, GatewaySettings settings, GatewayParts parts, LongSupplier nanos,
            int maxForgotten) {
        this.http = http;
        this.address = new ServerAddress(settings.listen().host(), http.getAddress().getPort());
        this.threads = GatewayThreads.open();
        this.feed = new Feed(parts.known(), parts.subscribe(), parts.log().faults(), maxForgotten);
        Watchdog watchdog = new Watchdog(nanos);
        this.watchdogThread = Thread.ofVirtual().unstarted(
                new Endless("http-watchdog", parts.log().faults(), watchdog::round));
        GatewayCounts counts = new GatewayCounts();
        String run = Long.toString(parts.clock().millis(), 36);
        this.onAcceptFailure = (cause, isFirst) -> noteFailedAccept(cause, isFirst, counts, parts.log());
        acceptFailures.tell(onAcceptFailure);
        http.setExecutor(threads);
        HostLimit hosts =
                new HostLimit(settings.requestsPerHost(), "HTTP requests under way", parts.log()::note, nanos);
        http.createContext("/", new Front(routes(parts, settings, run, watchdog, counts), new Guard(settings), hosts,
                watchdog, counts, parts.log())::handle);
    }

    private static void noteFailedAccept(IOException cause, boolean isFirst, GatewayCounts counts, TrafficLog log) {
        counts.failedAccepts.increment();
        if (isFirst) {
            log.warn("cannot accept HTTP connections: " + cause.getMessage()
                    + "; they wait until that is over. A higher ulimit -n, or a lower --max-connections, leaves some for them");
        }
    }

    private Routes routes(GatewayParts parts, GatewaySettings settings, String run, Watchdog watchdog,
            GatewayCounts counts) {
        ClientsApi clients = new ClientsApi(parts.known(), feed, run, parts.clock());
        return new Routes(
                new ReportEndpoint(parts.reports(), parts.log(), parts.clock(), counts, settings.takesNullIsland()),
                clients,
                new PlacesApi(clients, parts.places(), settings.plotsPlaces(), parts.meters()),
                new EventStream(feed, run, watchdog, counts),
                new HerdApi(parts.herd()),
                new LabelsApi(parts.labels()),
                new HealthPages(parts.ready()),
                new MetricsEndpoint(
                        () -> new MetricsPage(parts.known(), parts.meters(), parts.herd(), counts, parts.log().faults(),
                                parts.refusedConnections())),
                new StaticFiles());
    }

    /**
     * Opens the port; when this returns it accepts requests.
     *
     * @throws IOException if it cannot, or must not be opened without a token; the message says what to do
     */
    public static Gateway open(GatewaySettings settings, GatewayParts parts) throws IOException {
        return open(settings, parts, System::nanoTime, ChangeLog.MAX_FORGOTTEN);
    }

    /**
     * @param nanos by which requests are ended that take too long
     * @param maxForgotten how many forgotten clients are kept for subscribers to be told
     */
    static Gateway open(GatewaySettings settings, GatewayParts parts, LongSupplier nanos, int maxForgotten)
            throws IOException {
        ServerAddress listen = settings.listen();
        InetAddress host = InetAddress.getByName(listen.host());
        if (!host.isLoopbackAddress() && settings.token() == null && !settings.open()) {
            throw new IOException("--http " + listen + " would let others in: give a token with --http-token (or "
                    + "HERD_HTTP_TOKEN), or say --http-open");
        }
        HttpLimits.install();
        Gateway gateway = new Gateway(bind(host, settings), settings, parts, nanos, maxForgotten);
        gateway.watchdogThread.start();
        gateway.http.start();
        parts.log().note("http on " + gateway.address);
        return gateway;
    }

    private static HttpServer bind(InetAddress host, GatewaySettings settings) throws IOException {
        int port = settings.listen().port();
        for (int left = settings.tries(); true; left--) {
            try {
                return HttpServer.create(new InetSocketAddress(host, port), HttpLimits.MAX_CONNECTIONS);
            } catch (BindException e) {
                if (left <= 1) {
                    throw new IOException("cannot open HTTP on " + settings.listen() + ": " + e.getMessage()
                            + "; is something else running there? --http HOST:PORT chooses another", e);
                }
                port++;
            }
        }
    }

    /** Where it listens. */
    public ServerAddress address() {
        return address;
    }

    /** The live map's address, for a person. */
    public String url() {
        String host = address.host();
        boolean any = host.equals("0.0.0.0") || host.equals("::");
        return "http://" + new ServerAddress(any ? "localhost" : host, address.port()) + '/';
    }

    /** Ends subscriptions, gives requests some seconds to end, and closes the port. */
    @Override
    public void close() {
        feed.close();
        try {
            http.stop(STOP_SECONDS);
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
        acceptFailures.tellNoMore(onAcceptFailure);
    }
}
