package dev.proxyherd.places.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.places.PlacesException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks into JSON that others send, and adds to JSON of our own, as trees: every look is total and gives null or nothing
 * where the shape is not the expected one.
 */
public final class JsonTree {
    private JsonTree() {
    }

    /** The object that a whole body is; PlacesException UNKNOWN_ERROR if it is none or malformed. */
    public static JsonObject object(byte[] body) throws PlacesException {
        JsonSkipper json = new JsonSkipper(body);
        if (json.peek() != '{') {
            throw json.malformed("the document is no object");
        }
        json.skipValue();
        json.end();
        return JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
    }

    /** What lies at the end of a path of keys, or null. */
    public static @Nullable JsonElement at(@Nullable JsonElement from, String... path) {
        @Nullable
        JsonElement here = from;
        for (String key : path) {
            if (!(here instanceof JsonObject object)) {
                return null;
            }
            here = object.get(key);
        }
        return here;
    }

    /** The string at the end of a path, or null; an empty one counts as none. */
    public static @Nullable String text(@Nullable JsonElement from, String... path) {
        return at(from, path) instanceof JsonPrimitive found && found.isString() && !found.getAsString().isEmpty()
                ? found.getAsString() : null;
    }

    /** The number at the end of a path, in the spelling it came in, or null. */
    public static @Nullable JsonPrimitive number(@Nullable JsonElement from, String... path) {
        return at(from, path) instanceof JsonPrimitive found && found.isNumber() ? found : null;
    }

    /** The objects in the array at the end of a path; none if there is no array. */
    public static List<JsonObject> objects(@Nullable JsonElement from, String... path) {
        List<JsonObject> objects = new ArrayList<>();
        if (at(from, path) instanceof JsonArray array) {
            for (JsonElement element : array) {
                if (element instanceof JsonObject object) {
                    objects.add(object);
                }
            }
        }
        return objects;
    }

    /** Adds a member unless the value is null. */
    public static void put(JsonObject to, String key, @Nullable JsonElement value) {
        if (value != null) {
            to.add(key, value);
        }
    }

    /** Adds a member unless the text is null. */
    public static void put(JsonObject to, String key, @Nullable String text) {
        if (text != null) {
            to.addProperty(key, text);
        }
    }
}
