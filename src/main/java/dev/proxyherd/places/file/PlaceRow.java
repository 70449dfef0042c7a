package dev.proxyherd.places.file;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.places.document.JsonTree;
import dev.proxyherd.places.document.MappedDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the user's own places.
 *
 * @param id unique in its file, with a prefix that names where it comes from
 * @param name not empty
 * @param latitude degrees
 * @param longitude degrees
 * @param types its kinds, the most telling first; may be empty
 * @param vicinity where that is, or null
 * @param rating 1.0 to 5.0, or null
 */
record PlaceRow(String id, String name, double latitude, double longitude, List<String> types,
        @Nullable String vicinity, @Nullable JsonPrimitive rating) {

    /** In the shape of Nearby Search. */
    JsonObject result() {
        JsonObject result = MappedDocument.place(id, name, new JsonPrimitive(latitude), new JsonPrimitive(longitude));
        result.add("types", MappedDocument.strings(types));
        JsonTree.put(result, "vicinity", vicinity);
        JsonTree.put(result, "rating", rating);
        return result;
    }
}
