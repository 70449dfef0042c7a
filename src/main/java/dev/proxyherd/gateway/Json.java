package dev.proxyherd.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads what apps post. Numbers keep their spelling. */
final class Json {
    private Json() {
    }

    /**
     * What is in a body, which should be one object or more: apps that catch up send an array.
     *
     * @throws Problem if it is no JSON
     */
    static List<JsonElement> elements(byte[] body) {
        JsonElement root = parse(body);
        return root instanceof JsonArray array ? array.asList() : List.of(root);
    }

    /** @throws Problem if it is no object */
    static JsonObject object(JsonElement element) {
        if (element instanceof JsonObject object) {
            return object;
        }
        throw Problem.bad("a JSON object is expected");
    }

    /** A text or number of an object as text, or null. */
    static String text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
    }

    private static JsonElement parse(byte[] body) {
        try (JsonReader reader = new JsonReader(new StringReader(new String(body, StandardCharsets.UTF_8)))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement root = JsonParser.parseReader(reader);
            if (reader.peek() == JsonToken.END_DOCUMENT) {
                return root;
            }
        } catch (JsonParseException | IOException | StackOverflowError e) {
            // Said below.
        }
        throw Problem.bad("the body is no JSON");
    }
}
