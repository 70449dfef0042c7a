package dev.proxyherd.gateway.http;

import dev.proxyherd.places.upstream.PlacesLimits;
import java.time.Duration;
import java.util.Map;

/**
 * What requests may cost. The JDK's HTTP server takes some of its limits from system properties, once for a process and
 * before the first server; whoever has set one already keeps it.
 */
final class HttpLimits {
    /** How long a request may be handled, and its answer written. */
    static final Duration HANDLE = Duration.ofSeconds(30);

    /**
     * How long a request may be handled that looks places up. A lookup ends by the provider's own deadline, but one
     * that has waited for another's in vain asks for itself.
     */
    static final Duration LOOK_UP = HANDLE.plus(PlacesLimits.MAX_DEADLINE.multipliedBy(2));

    /** How long one write to a subscriber may take. */
    static final Duration EVENT_WRITE = Duration.ofSeconds(10);

    /**
     * Connections at once; the JDK's server closes further ones without a word, which phones that come all together
     * would take for a server that is down. As many may wait to be accepted, if the system lets them.
     */
    static final int MAX_CONNECTIONS = 4_096;

    private static final Map<String, String> PROPERTIES = Map.of(
            // Seconds from a request's first byte to its last: ends requests that drip.
            "sun.net.httpserver.maxReqTime", "20",
            "sun.net.httpserver.maxReqHeaders", "100",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            // Seconds that a connection may wait for its next request.
            "sun.net.httpserver.idleInterval", "30",
            "jdk.httpserver.maxConnections", String.valueOf(MAX_CONNECTIONS),
            // Head and body are two writes; without this the second waits for an acknowledgement.
            "sun.net.httpserver.nodelay", "true");

    private HttpLimits() {
    }

    static void install() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
