package dev.proxyherd.gateway.request;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/**
 * JSON (RFC 8259), escaped so that the document may also stand in HTML, a script or a terminal. Gson's writer makes what is
 * asked for now and then; features and events, which are sent all day and keep digits as they are, are put together by hand
 * from {@link #string}.
 */
public final class JsonText {
    private static final HexFormat HEX = HexFormat.of();

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
        append(safe, text.toString(), false);
        return safe.append('\n').toString();
    }

    /** Text as a string of JSON. */
    public static void string(StringBuilder json, String text) {
        json.append('"');
        inString(json, text);
        json.append('"');
    }

    /** Text as it stands in a string of JSON, without the quotes around it. */
    public static void inString(StringBuilder json, String text) {
        append(json, text, true);
    }

    /** Most texts have nothing in them that is to be escaped, so what lies between such characters is copied as a whole. */
    private static void append(StringBuilder json, String text, boolean inString) {
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnsafe(c)) {
                json.append(text, copied, i).append("\\u").append(HEX.toHexDigits(c));
                copied = i + 1;
            } else if (inString && (c == '"' || c == '\\')) {
                json.append(text, copied, i).append('\\');
                copied = i;
            }
        }
        json.append(text, copied, text.length());
    }

    private static boolean isUnsafe(char c) {
        return c < ' ' || (c >= 0x7F && c <= 0x9F) || c == '<' || c == '>' || c == '&' || c == '\u2028'
                || c == '\u2029';
    }
}
