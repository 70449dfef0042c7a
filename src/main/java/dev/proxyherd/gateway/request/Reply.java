package dev.proxyherd.gateway.request;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered to a request.
 *
 * @param status the HTTP status
 * @param type the media type of the body; null when there is none
 * @param body not to be changed
 * @param headers further headers
 */
public record Reply(int status, @Nullable String type, byte[] body, Map<String, String> headers) {
    public static final String JSON = "application/json";
    public static final String GEO_JSON = "application/geo+json";
    static final String PROBLEM_JSON = "application/problem+json";
    public static final String EVENT_STREAM = "text/event-stream; charset=utf-8";
    public static final String TEXT = "text/plain; charset=utf-8";

    public static Reply ok(String type, byte[] body) {
        return new Reply(200, type, body, Map.of());
    }

    public static Reply ok(String type, CharSequence body) {
        return ok(type, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** An empty answer. */
    public static Reply empty(int status) {
        return new Reply(status, null, new byte[0], Map.of());
    }

    /** What is wrong, in JSON (RFC 9457). */
    public static Reply problem(int status, String detail) {
        String document = JsonText.document(json -> json.beginObject().name("type").value("about:blank")
                .name("title").value(title(status)).name("status").value(status).name("detail").value(detail)
                .endObject());
        return new Reply(status, PROBLEM_JSON, document.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, type, body, Map.copyOf(more));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 410 -> "Gone";
            case 413 -> "Content Too Large";
            case 421 -> "Misdirected Request";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
