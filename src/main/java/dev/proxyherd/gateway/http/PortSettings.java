package dev.proxyherd.gateway.http;

import dev.proxyherd.gateway.access.AccessRules;
import dev.proxyherd.topology.ServerAddress;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How an HTTP port is opened.
 *
 * @param listen where; port 0 for any free one
 * @param tries how many ports to try, from that one upwards; 1 to insist
 * @param access who may use it
 * @param requestsPerHost how many requests of one address may be under way at once, event streams included; 0 for no limit
 * @param tls gives what new connections are to use for HTTPS, and may give another one later; null for plain HTTP
 */
public record PortSettings(ServerAddress listen, int tries, AccessRules access, int requestsPerHost,
        @Nullable Supplier<SSLContext> tls) {

    /** Of plain HTTP. */
    public PortSettings(ServerAddress listen, int tries, AccessRules access, int requestsPerHost) {
        this(listen, tries, access, requestsPerHost, null);
    }
}
