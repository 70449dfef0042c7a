package dev.proxyherd.gateway.http;

import com.sun.net.httpserver.HttpExchange;
import dev.proxyherd.gateway.request.Permission;
import dev.proxyherd.gateway.request.Request;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request that came through the JDK's HTTP server. */
record ExchangeRequest(HttpExchange exchange, String path, String part, Permission permission) implements Request {
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    static ExchangeRequest of(HttpExchange exchange, Route route) {
        String path = path(exchange);
        return new ExchangeRequest(exchange, route.normal(path), route.part(path), Permission.NONE);
    }

    /** The same, once it is known what whoever asks may do. */
    ExchangeRequest with(Permission known) {
        return new ExchangeRequest(exchange, path, part, known);
    }

    /** The path that is asked for, before any route is known. */
    static String path(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    @Override
    public String method() {
        return exchange.getRequestMethod();
    }

    @Override
    public @Nullable String query() {
        return exchange.getRequestURI().getRawQuery();
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = exchange.getRequestHeaders().get(name);
        return values == null ? List.of() : values;
    }

    @Override
    public InputStream body() {
        return exchange.getRequestBody();
    }

    @Override
    public InetSocketAddress peerAddress() {
        return exchange.getRemoteAddress();
    }

    /**
     * Whether a proxy before this port surely sees this request end where Java's server does, which counts a chunk's length
     * modulo 2^32 and takes a length with a sign. Else what comes behind it could be a request that the proxy never saw.
     */
    boolean endsPlainly() {
        String length = header("Content-Length");
        return header("Transfer-Encoding") == null && (length == null || DIGITS.matcher(length).matches());
    }
}
