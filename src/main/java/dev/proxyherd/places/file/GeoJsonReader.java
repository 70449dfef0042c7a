package dev.proxyherd.places.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.foreign.UnusableException;
import dev.proxyherd.geo.Geo;
import dev.proxyherd.places.document.JsonTree;
import dev.proxyherd.places.document.OsmTags;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feature of a GeoJSON file: a point as it is, anything else by the middle of the box around it; the property names of
 * OpenStreetMap exports and of Nearby Search are known.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7946">RFC 7946</a>
 */
final class GeoJsonReader {
    private GeoJsonReader() {
    }

    /**
     * The place that a feature is.
     *
     * @param number its place in the file from 1, its id if it has none of its own
     * @throws UnusableException if it is none
     */
    static PlaceRow read(JsonElement feature, long number) throws UnusableException {
        JsonElement properties = JsonTree.at(feature, "properties");
        String name = first(properties, "name", "title");
        if (name == null) {
            throw new UnusableException("without a name");
        }
        GeoJsonBox box = box(JsonTree.at(feature, "geometry"));
        double longitude = box.middleLongitude();
        double latitude = box.middleLatitude();
        if (!Geo.valid(latitude, longitude)) {
            throw new UnusableException("without a valid position");
        }
        return new PlaceRow(id(feature, properties, number), name, latitude, longitude, types(properties),
                vicinity(properties), JsonTree.number(properties, "rating"));
    }

    private static String id(JsonElement feature, @Nullable JsonElement properties, long number) {
        JsonElement own = JsonTree.at(feature, "id");
        String id = own instanceof JsonPrimitive given && !given.isBoolean() ? given.getAsString()
                : first(properties, "place_id", "@id", "id");
        return id == null ? "file:" + number : id;
    }

    private static List<String> types(@Nullable JsonElement properties) {
        List<String> types = new ArrayList<>(OsmTags.types(properties));
        if (JsonTree.at(properties, "types") instanceof JsonArray given) {
            given.forEach(type -> types.add(type instanceof JsonPrimitive text ? text.getAsString() : type.toString()));
        }
        String type = types.isEmpty() ? first(properties, "type", "category") : null;
        return type == null ? List.copyOf(types) : List.of(type);
    }

    private static @Nullable String vicinity(@Nullable JsonElement properties) {
        String given = first(properties, "vicinity", "address");
        return given == null ? OsmTags.vicinity(properties) : given;
    }

    private static @Nullable String first(@Nullable JsonElement properties, String... keys) {
        for (String key : keys) {
            String text = JsonTree.text(properties, key);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** The box around all positions in a geometry; not by recursion, for its depth is the file's. */
    private static GeoJsonBox box(@Nullable JsonElement geometry) {
        GeoJsonBox box = new GeoJsonBox();
        Deque<JsonElement> left = new ArrayDeque<>();
        left.push(geometry instanceof JsonObject ? geometry : new JsonArray());
        while (!left.isEmpty()) {
            JsonElement part = left.pop();
            if (part instanceof JsonObject object) {
                coordinates(object).forEach(left::push);
            } else if (position(part)) {
                box.add(List.of(part.getAsJsonArray()));
            } else if (part instanceof JsonArray line && !line.isEmpty() && position(line.get(0))) {
                box.add(line.asList().stream().filter(GeoJsonReader::position).map(JsonElement::getAsJsonArray)
                        .toList());
            } else if (part instanceof JsonArray parts) {
                parts.forEach(left::push);
            }
        }
        return box;
    }

    /** What a geometry is made of; no line leads from one point of many to the next. */
    private static List<JsonElement> coordinates(JsonObject geometry) {
        List<JsonElement> found = new ArrayList<>();
        for (String key : List.of("coordinates", "geometries")) {
            if (geometry.get(key) instanceof JsonArray parts) {
                found.addAll("MultiPoint".equals(JsonTree.text(geometry, "type")) ? parts.asList() : List.of(parts));
            }
        }
        return found;
    }

    private static boolean position(JsonElement element) {
        return element instanceof JsonArray array && array.size() >= 2
                && array.get(0) instanceof JsonPrimitive longitude && longitude.isNumber()
                && array.get(1) instanceof JsonPrimitive latitude && latitude.isNumber();
    }
}
