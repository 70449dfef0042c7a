package dev.proxyherd.gateway.request;

/** Strings in JSON (RFC 8259), escaped so that the document may also stand in HTML, a script or a terminal. */
public final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {
    }

    public static void string(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7F && c <= 0x9F || c == '<' || c == '>' || c == '&' || c == '\u2028'
                    || c == '\u2029') {
                json.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15))
                        .append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    public static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2);
        string(json, text);
        return json.toString();
    }
}
