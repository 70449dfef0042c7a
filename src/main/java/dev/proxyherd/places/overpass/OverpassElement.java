package dev.proxyherd.places.overpass;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.geo.Geo;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.document.Json;
import dev.proxyherd.places.document.MappedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A named node, way or relation of OpenStreetMap.
 *
 * @param id its type and number, such as {@code osm:node/123}
 * @param metres from the point that was asked about to its position or centre
 * @param result it in the shape of Nearby Search
 */
public record OverpassElement(String id, double metres, JsonObject result) {
    /** The tags that make something a place; their values become its types. */
    static final List<String> KEYS = List.of("amenity", "shop", "tourism", "leisure");

    /** The element, unless it lacks a name or a position. */
    static Optional<OverpassElement> read(JsonObject element, PlacesQuery from) {
        String kind = Json.text(element, "type");
        JsonPrimitive number = Json.number(element, "id");
        String name = Json.text(element, "tags", "name");
        JsonElement position = element.has("center") ? element.get("center") : element;
        JsonPrimitive latitude = Json.number(position, "lat");
        JsonPrimitive longitude = Json.number(position, "lon");
        if (kind == null || number == null || name == null || latitude == null || longitude == null
                || !Geo.valid(latitude.getAsDouble(), longitude.getAsDouble())) {
            return Optional.empty();
        }
        String id = "osm:" + kind + "/" + number.getAsString();
        JsonObject result = MappedDocument.place(id, name, latitude, longitude);
        result.add("types", MappedDocument.strings(types(element.get("tags"))));
        Json.put(result, "vicinity", vicinity(element.get("tags")));
        double metres =
                Geo.distance(from.latitude(), from.longitude(), latitude.getAsDouble(), longitude.getAsDouble());
        return Optional.of(new OverpassElement(id, metres, result));
    }

    /** The values of the tags that make it a place; {@code yes} says no more than the key, so the key stands for it. */
    public static List<String> types(JsonElement tags) {
        List<String> types = new ArrayList<>();
        for (String key : KEYS) {
            String values = Json.text(tags, key);
            for (String value : values == null ? new String[0] : values.split(";")) {
                String type = value.strip().equals("yes") ? key : value.strip();
                if (!type.isEmpty() && !types.contains(type)) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    /** House number, street and town as far as they are known; null if none is. */
    public static String vicinity(JsonElement tags) {
        String street = joined(" ", Json.text(tags, "addr:housenumber"), Json.text(tags, "addr:street"));
        return joined(", ", street, Json.text(tags, "addr:city"));
    }

    private static String joined(String between, String first, String second) {
        return first == null ? second : second == null ? first : first + between + second;
    }
}
