package dev.proxyherd.apps;

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
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what apps post. Numbers keep their spelling. */
public final class PostedJson {
    /** What Java puts in the place of bytes that are no UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private PostedJson() {
    }

    /**
     * What is in a body, which should be one object or more: apps that catch up send an array.
     *
     * @throws RefusedReport if it is no JSON
     */
    public static List<JsonElement> elements(byte[] body) {
        JsonElement root = parse(body);
        return root instanceof JsonArray array ? array.asList() : List.of(root);
    }

    /** @throws RefusedReport if it is no object */
    public static JsonObject object(JsonElement element) {
        if (element instanceof JsonObject object) {
            return object;
        }
        throw RefusedReport.malformed("a JSON object is expected");
    }

    /**
     * A text or number of an object in UTF-8, as a character for each byte; or null.
     *
     * @throws RefusedReport if it has half of a character, which has no UTF-8
     */
    public static @Nullable String text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        if (value == null || !value.isJsonPrimitive()) {
            return null;
        }
        String text = value.getAsString();
        if (isAscii(text)) {
            return text;
        }
        try {
            return StandardCharsets.ISO_8859_1
                    .decode(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text))).toString();
        } catch (CharacterCodingException e) {
            throw RefusedReport.malformed(name + " has half of a character");
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The first that is neither null nor blank; or null. */
    public static @Nullable String firstOf(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null && !candidate.isBlank()) {
                return candidate;
            }
        }
        return null;
    }

    private static JsonElement parse(byte[] body) {
        try {
            // JSON is UTF-8 (RFC 8259, section 8.1). Were its faults replaced, two names could become one.
            String text = new String(body, StandardCharsets.UTF_8);
            if (text.indexOf(REPLACEMENT) >= 0) {
                // It stands there, or for what is no UTF-8; then this throws.
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            }
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement root = JsonParser.parseReader(reader);
            if (reader.peek() == JsonToken.END_DOCUMENT) {
                return root;
            }
        } catch (JsonParseException | IOException | StackOverflowError e) {
            // Said below.
        }
        throw RefusedReport.malformed("the body is no JSON");
    }
}
