package dev.proxyherd.gateway.http;

import dev.proxyherd.places.upstream.PlacesLimits;
import java.time.Duration;
import java.util.Map;

/**
 * What requests may cost. The JDK's HTTP server takes some of its limits from system properties, once for a process and
 * before the first server; whoever has set one already keeps it.
 */
public final class HttpLimits {
    /** The longest body of a report: apps send some hundred bytes, or some dozen kilobytes when they catch up. */
    public static final int MAX_BODY_BYTES = 256 * 1024;

    /** The longest batch of Overland's: some 600 bytes for a point, of which people let it send 1,000 and more. */
    public static final int MAX_BATCH_BYTES = 4 * 1024 * 1024;

    /** How many bodies of {@link #MAX_BODY_BYTES} may be sent at once; a longer one counts as several. */
    static final int MAX_LONG_BODIES = 32;

    /** How long a request may be handled, and its answer written. */
    public static final Duration HANDLE = Duration.ofSeconds(30);

    /**
     * How long a request may be handled that looks places up. A lookup ends by the provider's own deadline, but one
     * that has waited for another's in vain asks for itself.
     */
    static final Duration LOOK_UP = HANDLE.plus(PlacesLimits.MAX_DEADLINE.multipliedBy(2));

    /** How long one write to a subscriber may take. */
    public static final Duration EVENT_WRITE = Duration.ofSeconds(10);

    /** Subscribers at once; each is a connection and a thread. */
    public static final int MAX_SUBSCRIBERS = 512;

    /**
     * Connections at once; the JDK's server closes further ones without a word, which phones that come all together
     * would take for a server that is down. As many may wait to be accepted, if the system lets them.
     */
    public static final int MAX_CONNECTIONS = 4_096;

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

    public static void install() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
