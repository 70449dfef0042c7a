package dev.proxyherd.gateway.request;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Set;

/**
 * A request, as handlers see it.
 *
 * @param method GET, HEAD, POST, ...
 * @param path still percent-encoded, a character for each byte
 * @param query what follows the question mark, as the path is, or null
 */
public record Request(HttpExchange exchange, String method, String path, String query) {
    private static final Set<String> REPORTS_WITH_SLASH =
            Set.of("/osmand/", "/owntracks/", "/owntracks/pub/", "/pub/", "/overland/");

    public static Request of(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        return new Request(exchange, exchange.getRequestMethod(), normal(path), exchange.getRequestURI().getRawQuery());
    }

    /** Apps write a slash between what somebody typed and their query, or do not. */
    private static String normal(String path) {
        if (path == null || path.isEmpty()) {
            return "/";
        }
        return REPORTS_WITH_SLASH.contains(path) ? path.substring(0, path.length() - 1) : path;
    }

    /** Whether it only asks: HEAD is served as GET is, and its answer goes without a body. */
    public boolean isGet() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** The value of a header, a character for each byte, the first if there are several; or null. */
    public String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** All values of a header, possibly none. */
    List<String> headers(String name) {
        return exchange.getRequestHeaders().getOrDefault(name, List.of());
    }

    /**
     * Whether a proxy before this port surely sees this request end where Java's server does, which counts a chunk's length
     * modulo 2^32 and takes a length with a sign. Else what comes behind it could be a request that the proxy never saw.
     */
    public boolean endsPlainly() {
        String length = header("Content-Length");
        return header("Transfer-Encoding") == null && (length == null || length.matches("\\d+"));
    }

    /** @throws Problem with status 400 if the percent-encoding is broken */
    public Parameters parameters() {
        return Parameters.parse(query);
    }

    /** Who asks for what, for the log. */
    public String summary() {
        return peer() + ' ' + Parameters.shortened(method) + ' ' + Parameters.shortened(path);
    }

    /** Who asks, for the log. */
    public String peer() {
        return "http:" + exchange.getRemoteAddress().getAddress().getHostAddress() + ':'
                + exchange.getRemoteAddress().getPort();
    }
}
