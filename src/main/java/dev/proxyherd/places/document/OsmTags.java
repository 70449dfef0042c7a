package dev.proxyherd.places.document;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenStreetMap's tags in the words of Nearby Search, as Overpass servers and exports to GeoJSON have them.
 *
 * @see <a href="https://wiki.openstreetmap.org/wiki/Map_features">the tags</a>
 */
public final class OsmTags {
    /** The tags that make something a place; their values become its types. */
    public static final List<String> KEYS = List.of("amenity", "shop", "tourism", "leisure");

    private OsmTags() {
    }

    /** The values of the tags that make it a place; {@code yes} says no more than the key, so the key stands for it. */
    public static List<String> types(@Nullable JsonElement tags) {
        List<String> types = new ArrayList<>();
        for (String key : KEYS) {
            String values = JsonTree.text(tags, key);
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
    public static @Nullable String vicinity(@Nullable JsonElement tags) {
        String street = joined(" ", JsonTree.text(tags, "addr:housenumber"), JsonTree.text(tags, "addr:street"));
        return joined(", ", street, JsonTree.text(tags, "addr:city"));
    }

    private static @Nullable String joined(String between, @Nullable String first, @Nullable String second) {
        return first == null ? second : second == null ? first : first + between + second;
    }
}
