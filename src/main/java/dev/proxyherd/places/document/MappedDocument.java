package dev.proxyherd.places.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import java.util.Collection;
import java.util.List;

/** Puts what a provider of another format says into the shape of Nearby Search. */
public final class MappedDocument {
    /** The smallest radius in metres that all providers accept; 0 is an invalid request to some. */
    static final double MIN_RADIUS = 1;
    /** The largest, which is the format's own. */
    static final double MAX_RADIUS = 50_000;

    private MappedDocument() {
    }

    /** The document for these results, whose keys are those of the format already, cut to the format's own limit. */
    public static byte[] print(List<JsonObject> results, Collection<String> attributions, String infoMessage) {
        JsonObject document = new JsonObject();
        document.add("html_attributions", strings(attributions));
        if (infoMessage != null) {
            document.add("info_messages", strings(List.of(infoMessage)));
        }
        JsonArray array = new JsonArray();
        results.stream().limit(PlacesProvider.MAX_RESULTS).forEach(array::add);
        document.add("results", array);
        document.addProperty("status", results.isEmpty() ? "ZERO_RESULTS" : "OK");
        return LegacyStyle.print(document);
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
