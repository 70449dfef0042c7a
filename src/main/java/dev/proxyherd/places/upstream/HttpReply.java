package dev.proxyherd.places.upstream;

import dev.proxyherd.places.PlacesException.Status;
import java.net.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream answered.
 *
 * @param code the HTTP status code
 * @param headers the answer's headers
 * @param body all of its body
 */
public record HttpReply(int code, HttpHeaders headers, byte[] body) {

    public boolean ok() {
        return code == 200;
    }

    /**
     * Whether the same request may do better a little later; 429 without a time to come back is a quota, so no.
     *
     * @param retryAfter when it says so, or null
     */
    boolean passing(@Nullable Duration retryAfter) {
        return code == 502 || code == 503 || code == 504 || (code == 429 && retryAfter != null);
    }

    /** The status word for an answer that is not 200. */
    public Status failure() {
        return switch (code) {
            case 401, 403 -> Status.REQUEST_DENIED;
            case 429 -> Status.OVER_QUERY_LIMIT;
            default -> code >= 400 && code < 500 ? Status.INVALID_REQUEST : Status.UNKNOWN_ERROR;
        };
    }

    /** What to say of an answer that is not 200, of which no more is known. */
    public String words() {
        String redirect = code >= 300 && code < 400 ? ", a redirect, which is not followed" : "";
        return "HTTP status " + code + redirect;
    }
}
