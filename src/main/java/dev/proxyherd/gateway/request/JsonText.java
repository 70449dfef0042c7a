package dev.proxyherd.gateway.request;

import com.google.gson.stream.JsonWriter;
import dev.proxyherd.foreign.JsonString;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * JSON (RFC 8259), escaped so that the document may also stand in HTML, a script or a terminal. Gson's writer makes what is
 * asked for now and then; features and events, which are sent all day and keep digits as they are, are put together by hand
 * from {@link #string}.
 */
public final class JsonText {
    private JsonText() {
    }

    /** Writes a document. */
    @FunctionalInterface
    public interface Content {
        void writeTo(JsonWriter json) throws IOException;
    }

    /** A document by gson's writer, and an LF. */
    public static String document(Content content) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            content.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing that a string refuses", e);
        }
        // What is unsafe can be in strings only, so it can be escaped afterwards.
        StringBuilder safe = new StringBuilder(text.getBuffer().length() + 1);
        JsonString.appendSafe(safe, text.toString());
        return safe.append('\n').toString();
    }

    /** Text as a string of JSON. */
    public static void string(StringBuilder json, String text) {
        JsonString.append(json, text);
    }
}
