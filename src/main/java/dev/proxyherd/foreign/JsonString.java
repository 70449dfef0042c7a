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
        appendInside(json, text);
        json.append('"');
    }

    /** Adds text as it stands in a string, without the quotation marks around it. */
    public static void appendInside(StringBuilder json, String text) {
        append(json, text, true);
    }

    /** Adds a document whose strings are escaped for JSON, but hold what others would take for something of theirs. */
    public static void appendSafe(StringBuilder json, String document) {
        append(json, document, false);
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
