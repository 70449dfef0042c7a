package dev.proxyherd.places.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.geo.Geo;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.protocol.Command;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what a provider of another format says into the shape of Nearby Search. */
public final class MappedDocument {
    /** The smallest radius in metres that all providers accept; 0 is an invalid request to some. */
    private static final double MIN_RADIUS = 1;
    /** The largest, which is the format's own. */
    private static final double MAX_RADIUS = Command.WhatsAt.MAX_RADIUS_KM * Geo.METRES_PER_KM;

    private MappedDocument() {
    }

    /**
     * The document for these results, cut to the format's own limit.
     *
     * @param results with the keys of the format
     * @param attributions the providers' credits, HTML
     * @param infoMessage what is to be known about these results, or null
     * @throws PlacesException UNKNOWN_ERROR if what was put into them is nested too deeply
     */
    public static ProviderDocument print(List<JsonObject> results, Collection<String> attributions,
            @Nullable String infoMessage) throws PlacesException {
        JsonObject document = new JsonObject();
        document.add("html_attributions", strings(attributions));
        if (infoMessage != null) {
            document.add("info_messages", strings(List.of(infoMessage)));
        }
        JsonArray array = new JsonArray();
        results.stream().limit(PlacesProvider.MAX_RESULTS).forEach(array::add);
        document.add("results", array);
        document.addProperty("status", results.isEmpty() ? "ZERO_RESULTS" : "OK");
        return DocumentScanner.scan(LegacyStyle.print(document));
    }

    /** A result with the members that every one has; the numbers keep their spelling. */
    public static JsonObject place(String id, String name, JsonPrimitive latitude, JsonPrimitive longitude) {
        JsonObject place = new JsonObject();
        place.addProperty("place_id", id);
        place.addProperty("name", name);
        JsonObject geometry = new JsonObject();
        geometry.add("location", point(latitude, longitude));
        place.add("geometry", geometry);
        return place;
    }

    /** A position as the format has it. */
    public static JsonObject point(JsonPrimitive latitude, JsonPrimitive longitude) {
        JsonObject point = new JsonObject();
        point.add("lat", latitude);
        point.add("lng", longitude);
        return point;
    }

    /** Texts as an array. */
    public static JsonArray strings(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    /** The radius to ask a provider for. */
    public static double radius(PlacesQuery query) {
        return Math.clamp(query.radiusMetres(), MIN_RADIUS, MAX_RADIUS);
    }
}
