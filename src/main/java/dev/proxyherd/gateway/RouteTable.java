package dev.proxyherd.gateway;

import static dev.proxyherd.gateway.http.Route.Cost.LOOKUP;
import static dev.proxyherd.gateway.http.Route.Cost.PLAIN;
import static dev.proxyherd.gateway.http.Route.Cost.STREAM;
import static dev.proxyherd.gateway.http.Route.Needs.NOTHING;
import static dev.proxyherd.gateway.http.Route.Needs.TOKEN;
import static dev.proxyherd.gateway.http.Route.Needs.TOKEN_TO_WRITE;

import dev.proxyherd.apps.ReportCounts;
import dev.proxyherd.apps.ReportTaker;
import dev.proxyherd.gateway.api.ClientsApi;
import dev.proxyherd.gateway.api.Crossings;
import dev.proxyherd.gateway.api.EventCounts;
import dev.proxyherd.gateway.api.EventStream;
import dev.proxyherd.gateway.api.FencesApi;
import dev.proxyherd.gateway.api.ForgetApi;
import dev.proxyherd.gateway.api.HealthPages;
import dev.proxyherd.gateway.api.HerdApi;
import dev.proxyherd.gateway.api.LabelsApi;
import dev.proxyherd.gateway.api.PlacesApi;
import dev.proxyherd.gateway.api.StaticFiles;
import dev.proxyherd.gateway.http.Handler;
import dev.proxyherd.gateway.http.RequestCounts;
import dev.proxyherd.gateway.http.Route;
import dev.proxyherd.gateway.index.Feed;
import dev.proxyherd.gateway.metrics.MetricsEndpoint;
import dev.proxyherd.gateway.metrics.MetricsPage;
import dev.proxyherd.gateway.reports.Friends;
import dev.proxyherd.gateway.reports.ReportEndpoint;
import dev.proxyherd.rights.LiveTokens;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What is served where: all of it. */
final class RouteTable {
    private static final List<String> GET = List.of("GET", "HEAD");
    private static final List<String> GET_AND_DELETE = List.of("GET", "HEAD", "DELETE");
    private static final List<String> POST = List.of("POST");
    private static final List<String> GET_AND_POST = List.of("GET", "POST");

    private RouteTable() {
    }

    /**
     * All routes; the first that fits a path is its own.
     *
     * @param requests counted by the port, and shown here
     * @param nanos a clock that only goes forward, as {@link System#nanoTime}
     */
    static List<Route> of(GatewayParts parts, GatewaySettings settings, Feed feed, RequestCounts requests,
            LongSupplier nanos) {
        ReportCounts reportCounts = new ReportCounts();
        EventCounts eventCounts = new EventCounts();
        ServerTelemetry server = parts.telemetry();
        ReportEndpoint reports =
                new ReportEndpoint(new ReportTaker(parts.changes().reports(), parts.log(), parts.clock(),
                        reportCounts, settings.takesNullIsland()), parts.clock(), friends(settings, feed));
        ClientsApi clients = new ClientsApi(parts.clients(), feed, parts.clock());
        ForgetApi forgetting = new ForgetApi(parts.changes().forgetter(), parts.log());
        PlacesApi places = new PlacesApi(clients, parts.places().provider(), settings.plotsPlaces(),
                server.meters()::lookedUp);
        Crossings crossings = new Crossings();
        parts.fences().teller().accept(crossings);
        EventStream events = new EventStream(feed, crossings, nanos, eventCounts);
        FencesApi fences = new FencesApi(parts.fences().current());
        HerdApi herd = new HerdApi(server.herd());
        HealthPages health = new HealthPages(server.notReady());
        LabelsApi labels = new LabelsApi(parts.places().labels());
        StaticFiles files = new StaticFiles();
        MetricsEndpoint metrics = new MetricsEndpoint(() -> new MetricsPage(server.meters())
                .herd(server.herd(), parts.clients()::size, parts.clients()::forgotten, server.refusedConnections())
                .fences(() -> parts.fences().current().get().areas().size(), parts.fences().told(),
                        parts.fences().skipped())
                .gateway(requests, reportCounts, eventCounts).faults(parts.log().faults()));
        return List.of(
                // The OwnTracks Recorder listens at /pub, so that is what people have typed.
                route("/owntracks", POST, PLAIN, TOKEN_TO_WRITE, reports::ownTracks),
                route("/owntracks/pub", POST, PLAIN, TOKEN_TO_WRITE, reports::ownTracks),
                route("/pub", POST, PLAIN, TOKEN_TO_WRITE, reports::ownTracks),
                route("/overland", POST, PLAIN, TOKEN_TO_WRITE, reports::overland),
                route("/osmand", GET_AND_POST, PLAIN, TOKEN_TO_WRITE, reports::osmAnd),
                route("/api/clients", GET, PLAIN, TOKEN, clients::list),
                route("/api/clients/{id}/places", GET, LOOKUP, TOKEN, places::near),
                route("/api/clients/{id}", GET_AND_DELETE, PLAIN, TOKEN,
                        request -> request.isGet() ? clients.one(request) : forgetting.forget(request)),
                route("/api/nearby", GET, PLAIN, TOKEN, clients::nearby),
                new Route("/api/events", GET, STREAM, TOKEN, (Handler.Streaming) events::serve),
                route("/api/herd", GET, PLAIN, TOKEN, herd::get),
                route("/api/fences", GET, PLAIN, TOKEN, fences::get),
                route("/api/labels", GET, PLAIN, TOKEN, labels::get),
                route("/api", GET, PLAIN, TOKEN, request -> files.get(request, "openapi.json")),
                route("/api/openapi.json", GET, PLAIN, TOKEN, request -> files.get(request, "openapi.json")),
                route("/metrics", GET, PLAIN, TOKEN, metrics::get),
                // Who only asks whether the server lives needs no token.
                route("/healthz", GET, PLAIN, NOTHING, request -> health.alive()),
                route("/readyz", GET, PLAIN, NOTHING, request -> health.ready()),
                route("/", GET, PLAIN, TOKEN, request -> files.get(request, "index.html")),
                route("/{file}", GET, PLAIN, TOKEN, request -> files.get(request, request.part())));
    }

    private static @Nullable Friends friends(GatewaySettings settings, Feed feed) {
        LiveTokens tokens = settings.port().access().tokens();
        return tokens == null ? null : new Friends(feed, tokens);
    }

    private static Route route(String path, List<String> methods, Route.Cost cost, Route.Needs needs,
            Handler.Replying handler) {
        return new Route(path, methods, cost, needs, handler);
    }
}
