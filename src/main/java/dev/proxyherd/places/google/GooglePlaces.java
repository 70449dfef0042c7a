package dev.proxyherd.places.google;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.document.JsonTree;
import dev.proxyherd.places.document.MappedDocument;
import dev.proxyherd.places.upstream.HttpFailures;
import dev.proxyherd.places.upstream.HttpFetcher;
import dev.proxyherd.places.upstream.HttpReply;
import dev.proxyherd.places.upstream.PlacesEnvironment;
import dev.proxyherd.places.upstream.PlacesLimits;
import dev.proxyherd.places.upstream.PlacesSource;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Google's Places API (New), {@code searchNearby}, nearest first.
 *
 * @see <a href="https://developers.google.com/maps/documentation/places/web-service/nearby-search">its documentation</a>
 */
public final class GooglePlaces implements PlacesProvider {
    /** What is asked for, and paid for: nothing that the mapping does not use. */
    static final String FIELDS = "places.id,places.displayName,places.location,places.viewport,places.types,"
            + "places.shortFormattedAddress,places.plusCode,places.rating,places.userRatingCount,places.priceLevel,"
            + "places.businessStatus,places.currentOpeningHours.openNow,places.attributions";

    private final PlacesSource source;
    private final HttpFailures failures;
    private final HttpFetcher fetcher;

    public GooglePlaces(PlacesSource source, PlacesLimits limits, PlacesEnvironment environment) {
        this.source = source;
        this.failures = new HttpFailures(source, limits);
        this.fetcher = new HttpFetcher(source, limits, environment);
    }

    @Override
    public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
        HttpRequest request = HttpFetcher.request(source.endpoint())
                .header("Content-Type", "application/json")
                .header("X-Goog-Api-Key", source.requiredKey().secret())
                .header("X-Goog-FieldMask", FIELDS)
                .POST(HttpRequest.BodyPublishers.ofByteArray(question(query)))
                .build();
        HttpReply reply = fetcher.fetch(request, fetcher.deadline());
        if (!reply.ok()) {
            throw refusal(reply);
        }
        return document(JsonTree.object(reply.body()));
    }

    @Override
    public void close() {
        fetcher.close();
    }

    private static byte[] question(PlacesQuery query) {
        JsonObject center = new JsonObject();
        center.addProperty("latitude", query.latitude());
        center.addProperty("longitude", query.longitude());
        JsonObject circle = new JsonObject();
        circle.add("center", center);
        circle.addProperty("radius", MappedDocument.radius(query));
        JsonObject restriction = new JsonObject();
        restriction.add("circle", circle);
        JsonObject question = new JsonObject();
        question.addProperty("maxResultCount", MAX_RESULTS);
        question.addProperty("rankPreference", "DISTANCE");
        question.add("locationRestriction", restriction);
        return question.toString().getBytes(StandardCharsets.UTF_8);
    }

    private ProviderDocument document(JsonObject answer) throws PlacesException {
        if (answer.has("error") || (answer.has("places") && !answer.get("places").isJsonArray())) {
            throw failures.failed(Status.UNKNOWN_ERROR, "the answer has no list of places");
        }
        List<JsonObject> results = new ArrayList<>();
        Set<String> attributions = new LinkedHashSet<>();
        for (JsonObject place : JsonTree.objects(answer, "places")) {
            JsonObject result = GooglePlaceMapping.result(place);
            if (result != null) {
                results.add(result);
                attributions.addAll(GooglePlaceMapping.attributions(place));
            }
        }
        return MappedDocument.print(results, attributions, null);
    }

    /** What an answer with an HTTP error says; a key that is none comes as 400, like a wrong parameter. */
    private PlacesException refusal(HttpReply reply) {
        String said = null;
        boolean badKey = false;
        try {
            JsonObject body = JsonTree.object(reply.body());
            said = JsonTree.text(body, "error", "message");
            badKey = JsonTree.objects(body, "error", "details").stream()
                    .anyMatch(detail -> new JsonPrimitive("API_KEY_INVALID").equals(detail.get("reason")));
        } catch (PlacesException noJson) {
            // Not from the API itself but from something before it; the HTTP status says all there is to say.
        }
        boolean denied = badKey || (said != null && reply.code() == 400 && said.contains("API key"));
        return failures.failed(denied ? Status.REQUEST_DENIED : reply.failure(),
                reply.words() + (said == null ? "" : ", " + said));
    }
}
