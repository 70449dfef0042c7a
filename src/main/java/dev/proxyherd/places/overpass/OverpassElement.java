package dev.proxyherd.places.overpass;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.geo.Geo;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.document.JsonTree;
import dev.proxyherd.places.document.MappedDocument;
import dev.proxyherd.places.document.OsmTags;
import java.util.Optional;

/**
 * A named node, way or relation of OpenStreetMap.
 *
 * @param id its type and number, such as {@code osm:node/123}
 * @param metres from the point that was asked about to its position or centre
 * @param result it in the shape of Nearby Search
 */
record OverpassElement(String id, double metres, JsonObject result) {
    /** The element, unless it lacks a name or a position. */
    static Optional<OverpassElement> read(JsonObject element, PlacesQuery from) {
        String kind = JsonTree.text(element, "type");
        JsonPrimitive number = JsonTree.number(element, "id");
        String name = JsonTree.text(element, "tags", "name");
        JsonElement position = element.has("center") ? element.get("center") : element;
        JsonPrimitive latitude = JsonTree.number(position, "lat");
        JsonPrimitive longitude = JsonTree.number(position, "lon");
        if (kind == null || number == null || name == null || latitude == null || longitude == null
                || !Geo.valid(latitude.getAsDouble(), longitude.getAsDouble())) {
            return Optional.empty();
        }
        String id = "osm:" + kind + "/" + number.getAsString();
        JsonObject result = MappedDocument.place(id, name, latitude, longitude);
        result.add("types", MappedDocument.strings(OsmTags.types(element.get("tags"))));
        JsonTree.put(result, "vicinity", OsmTags.vicinity(element.get("tags")));
        double metres =
                Geo.distance(from.latitude(), from.longitude(), latitude.getAsDouble(), longitude.getAsDouble());
        return Optional.of(new OverpassElement(id, metres, result));
    }
}
