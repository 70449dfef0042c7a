package dev.proxyherd.places.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints documents in the white space style of Google's legacy Nearby Search, as seen in its recorded answers: three
 * spaces a level, {@code "key" : value}, keys in alphabetical order, a short array of scalars on one line, non-ASCII
 * characters raw, angle brackets escaped. For documents of our own only; a provider's are cut, never printed again.
 *
 * <p>Gson's writer knows none of that: neither the space before the colon, nor the short arrays, nor the raw and escaped
 * characters; clients shall see no difference between a document of ours and Google's, so this one is exact by bytes.
 */
public final class LegacyStyle {
    private static final String INDENT = "   ";
    private static final int MAX_INLINE_LENGTH = 74;

    private final StringBuilder out = new StringBuilder(512);

    private LegacyStyle() {
    }

    /** The document as UTF-8, without a newline at its end; numbers keep the spelling they were parsed from. */
    static byte[] print(JsonObject document) {
        LegacyStyle style = new LegacyStyle();
        style.value(document, "\n");
        return style.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON string with its quotes. */
    public static String quoted(String text) {
        LegacyStyle style = new LegacyStyle();
        style.string(text);
        return style.out.toString();
    }

    private void value(JsonElement value, String newLine) {
        if (value instanceof JsonObject object && !object.isEmpty()) {
            members(object, newLine);
        } else if (value instanceof JsonArray array && !array.isEmpty()) {
            elements(array, newLine);
        } else if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            string(primitive.getAsString());
        } else {
            out.append(value);
        }
    }

    private void members(JsonObject object, String newLine) {
        char before = '{';
        for (Map.Entry<String, JsonElement> member : new TreeMap<>(object.asMap()).entrySet()) {
            out.append(before).append(newLine).append(INDENT);
            string(member.getKey());
            out.append(" : ");
            value(member.getValue(), newLine + INDENT);
            before = ',';
        }
        out.append(newLine).append('}');
    }

    private void elements(JsonArray array, String newLine) {
        int start = out.length();
        boolean inline = inlined(array) && out.length() - start < MAX_INLINE_LENGTH;
        if (inline) {
            return;
        }
        out.setLength(start);
        char before = '[';
        for (JsonElement element : array) {
            out.append(before).append(newLine).append(INDENT);
            value(element, newLine + INDENT);
            before = ',';
        }
        out.append(newLine).append(']');
    }

    /** Prints the array on one line, or part of it and false if it holds more than scalars. */
    private boolean inlined(JsonArray array) {
        String before = "[ ";
        for (JsonElement element : array) {
            if (!element.isJsonPrimitive()) {
                return false;
            }
            out.append(before);
            value(element, "");
            before = ", ";
        }
        out.append(" ]");
        return true;
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20 || c == 0x7f || c == '<' || c == '>') {
                        out.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
