package dev.proxyherd.gateway.api;

import dev.proxyherd.foreign.FeatureJson;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/** {@code GET /api/clients/ID/places?radius=&limit=}: WHATSAT. */
public final class PlacesApi {
    private static final double DEFAULT_RADIUS_KM = 10;
    private static final int DEFAULT_LIMIT = 10;

    private final ClientsApi clients;
    private final PlacesProvider places;
    private final boolean mayPlot;
    private final ObjLongConsumer<String> lookedUp;

    /**
     * @param mayPlot whether the provider's terms let its results be drawn on a map that is not its own
     * @param lookedUp is told each lookup's status word and how many nanoseconds it took
     */
    public PlacesApi(ClientsApi clients, PlacesProvider places, boolean mayPlot,
            ObjLongConsumer<String> lookedUp) {
        this.clients = clients;
        this.places = places;
        this.mayPlot = mayPlot;
        this.lookedUp = lookedUp;
    }

    /** The client's AT line, and the provider's document byte for byte; a lookup that failed is a document too. */
    public Reply near(Request request) {
        Parameters parameters = request.parameters();
        parameters.allow(Set.of("radius", "limit"));
        double radius = parameters.number("radius", 0, Command.WhatsAt.MAX_RADIUS_KM, DEFAULT_RADIUS_KM);
        int limit = parameters.integer("limit", 0, PlacesProvider.MAX_RESULTS, DEFAULT_LIMIT);
        Location location = clients.find(request);
        byte[] document = lookUp(location.position(), radius, limit).bytes();
        StringBuilder json = new StringBuilder("{\"client\":");
        FeatureJson.feature(json, location);
        json.append(",\"plot\":").append(mayPlot).append(",\"places\":")
                .append(new String(document, StandardCharsets.UTF_8)).append("}\n");
        return Reply.ok(Reply.JSON, json);
    }

    private PlacesDocument lookUp(Position position, double radiusKm, int limit) {
        long start = System.nanoTime();
        PlacesDocument document = Places.answer(places,
                PlacesQuery.withinKm(position.latitude(), position.longitude(), radiusKm, limit));
        lookedUp.accept(document.status(), System.nanoTime() - start);
        return document;
    }
}
