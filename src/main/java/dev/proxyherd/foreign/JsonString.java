package dev.proxyherd.foreign;

import java.util.HexFormat;

/** Strings in JSON (RFC 8259), escaped so that the document may also stand in HTML, a script or a terminal. */
public final class JsonString {
    private static final HexFormat HEX = HexFormat.of();

    private JsonString() {
    }

    /** Adds a string, in quotation marks. */
    public static void append(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else {
                appendSafe(json, c);
            }
        }
        json.append('"');
    }

    /** Adds what JSON itself lets stand, escaped where others would take it for something of theirs. */
    public static void appendSafe(StringBuilder json, char c) {
        if (c < ' ' || (c >= 0x7F && c <= 0x9F) || c == '<' || c == '>' || c == '&' || c == '\u2028'
                || c == '\u2029') {
            json.append("\\u").append(HEX.toHexDigits(c));
        } else {
            json.append(c);
        }
    }
}
