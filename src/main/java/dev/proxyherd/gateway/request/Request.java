package dev.proxyherd.gateway.request;

import dev.proxyherd.rights.Rights;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request, as handlers see it, whatever server it came through. Used by the request's own thread only. */
public interface Request {
    /** GET, HEAD, POST, ... */
    String method();

    /** The path, still percent-encoded, a character for each byte. */
    String path();

    /** What stands in the path where its route has a name in braces, still percent-encoded; else empty. */
    String part();

    /** What follows the question mark, as the path is; or null. */
    @Nullable
    String query();

    /** All values of a header, possibly none, a character for each byte; the name in any case. */
    List<String> headers(String name);

    /** The body, which can be read once. */
    InputStream body();

    /** Who is at the other end of the connection. */
    InetSocketAddress peerAddress();

    /** What whoever asks may do. */
    Permission permission();

    /** What whoever asks may do, as it was when the request came. */
    default Rights rights() {
        return permission().rights();
    }

    /** Whether it only asks: HEAD is served as GET is, and its answer goes without a body. */
    default boolean isGet() {
        return method().equals("GET") || method().equals("HEAD");
    }

    /** The value of a header, a character for each byte, the first if there are several; or null. */
    default @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** @throws Problem with status 400 if the percent-encoding is broken */
    default Parameters parameters() {
        return Parameters.parse(query());
    }

    /** Who it says it is by basic authentication, a character for each byte; or null. */
    default @Nullable String user() {
        BasicCredentials credentials = BasicCredentials.parse(header("Authorization"));
        return credentials == null || credentials.user().isEmpty() ? null : credentials.user();
    }

    /** Who asks, for the log. */
    default String peer() {
        return "http:" + peerAddress().getAddress().getHostAddress() + ':' + peerAddress().getPort();
    }

    /** Who asks for what, for the log. */
    default String summary() {
        return peer() + ' ' + Parameters.shortened(method()) + ' ' + Parameters.shortened(path());
    }
}
