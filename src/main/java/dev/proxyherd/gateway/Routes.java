package dev.proxyherd.gateway;

import dev.proxyherd.gateway.api.ClientsApi;
import dev.proxyherd.gateway.api.EventStream;
import dev.proxyherd.gateway.api.HealthPages;
import dev.proxyherd.gateway.api.HerdApi;
import dev.proxyherd.gateway.api.LabelsApi;
import dev.proxyherd.gateway.api.PlacesApi;
import dev.proxyherd.gateway.api.StaticFiles;
import dev.proxyherd.gateway.metrics.MetricsEndpoint;
import dev.proxyherd.gateway.reports.ReportEndpoint;
import dev.proxyherd.gateway.request.ClientIds;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import java.io.IOException;
import java.util.List;

/** Which handler serves which path. */
public final class Routes {
    private static final String CLIENT = "/api/clients/";
    private static final String PLACES = "/places";

    private final ReportEndpoint reports;
    private final ClientsApi clients;
    private final PlacesApi places;
    private final EventStream events;
    private final HerdApi herd;
    private final LabelsApi labels;
    private final HealthPages health;
    private final MetricsEndpoint metrics;
    private final StaticFiles files;

    Routes(ReportEndpoint reports, ClientsApi clients, PlacesApi places, EventStream events, HerdApi herd,
            LabelsApi labels,
            HealthPages health, MetricsEndpoint metrics, StaticFiles files) {
        this.reports = reports;
        this.clients = clients;
        this.places = places;
        this.events = events;
        this.herd = herd;
        this.labels = labels;
        this.health = health;
        this.metrics = metrics;
        this.files = files;
    }

    /** Whether a request to this path changes something, with whatever method. */
    public static boolean writes(Request request) {
        return !request.isGet() || request.path().equals("/osmand");
    }

    /** The methods that this path takes; not HEAD where GET reports. */
    public static List<String> methods(Request request) {
        return switch (request.path()) {
            case "/owntracks", "/owntracks/pub", "/pub", "/overland" -> List.of("POST");
            case "/osmand" -> List.of("GET", "POST");
            default -> List.of("GET", "HEAD");
        };
    }

    /** Whether a token is asked for, if there is one: of all but those who only ask whether the server lives. */
    public static boolean needsToken(Request request) {
        return !request.path().equals("/healthz") && !request.path().equals("/readyz");
    }

    /** Whether the answer goes on for as long as the subscriber wants. */
    public static boolean streams(Request request) {
        return request.path().equals("/api/events") && request.method().equals("GET");
    }

    /** Whether the provider of places is asked, which may take longer than anything else. */
    public static boolean looksUpPlaces(Request request) {
        return request.path().startsWith(CLIENT) && request.path().endsWith(PLACES);
    }

    /**
     * Serves a request.
     *
     * @return the answer; null if it was given already, as a stream of events
     * @throws Problem if there is none
     */
    public Reply serve(Request request) throws IOException {
        List<String> methods = methods(request);
        if (!methods.contains(request.method())) {
            throw new Problem(405, Parameters.shortened(request.path()) + " takes " + String.join(", ", methods)
                    + ", not " + Parameters.shortened(request.method()));
        }
        return switch (request.path()) {
            // The OwnTracks Recorder listens at /pub, so that is what people have typed.
            case "/owntracks", "/owntracks/pub", "/pub" -> reports.ownTracks(request);
            case "/overland" -> reports.overland(request);
            case "/osmand" -> reports.osmAnd(request);
            default -> get(request);
        };
    }

    private Reply get(Request request) throws IOException {
        String path = request.path();
        return switch (path) {
            case "/api/clients" -> clients.list(request);
            case "/api/nearby" -> clients.nearby(request);
            case "/api/herd" -> herd.get();
            case "/api/labels" -> labels.get(request);
            case "/api/events" -> events(request);
            case "/healthz" -> health.alive();
            case "/readyz" -> health.ready();
            case "/metrics" -> metrics.get(request);
            case "/api", "/api/openapi.json" -> file(request, "openapi.json");
            default -> path.startsWith(CLIENT) ? client(request, path.substring(CLIENT.length())) : page(request, path);
        };
    }

    private Reply events(Request request) throws IOException {
        if (!streams(request)) {
            // HEAD: a stream would be opened for nobody, and the JDK warns of a body where there can be none.
            return Reply.ok(Reply.EVENT_STREAM, new byte[0]);
        }
        events.serve(request);
        return null;
    }

    private Reply client(Request request, String rest) {
        if (rest.endsWith(PLACES)) {
            String id = ClientIds.fromPath(rest.substring(0, rest.length() - PLACES.length()));
            return places.near(id, request.parameters());
        }
        return clients.one(ClientIds.fromPath(rest));
    }

    private Reply page(Request request, String path) {
        return file(request, path.equals("/") ? "index.html" : path.substring(1));
    }

    private Reply file(Request request, String name) {
        Reply reply = files.get(request, name);
        if (reply == null) {
            throw new Problem(404, "there is nothing at " + Parameters.shortened(request.path())
                    + "; /api/openapi.json describes what there is");
        }
        return reply;
    }
}
