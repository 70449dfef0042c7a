package dev.proxyherd.mqtt.broker;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker is.
 *
 * @param host a name, or an address without brackets
 * @param tls whether it is spoken to in TLS
 */
public record BrokerAddress(String host, int port, boolean tls) {
    private static final int PLAIN_PORT = 1883;
    private static final int TLS_PORT = 8883;
    private static final int MAX_PORT = 65_535;

    /** Whether it is TLS, by the schemes that people write. */
    private static final Map<String, Boolean> SCHEMES = Map.of("tcp", false, "mqtt", false, "ssl", true, "mqtts", true);

    /**
     * Reads {@code tcp://HOST[:PORT]} or {@code ssl://HOST[:PORT]}.
     *
     * @throws IllegalArgumentException if it is neither; the message says what to write
     */
    public static BrokerAddress parse(String url) {
        URI uri = uri(url);
        @Nullable
        Boolean tls = (uri == null || uri.getScheme() == null) ? null : SCHEMES.get(uri.getScheme());
        if (uri == null || tls == null || uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("write tcp://HOST:PORT, or ssl://HOST:PORT for TLS");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("leave user and password out, which others would see here; there are "
                    + "--mqtt-user, and --mqtt-password-file or the variable HERD_MQTT_PASSWORD");
        }
        if (!(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/")) || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("leave out what follows the port; topics are said with --mqtt-topic");
        }
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        return new BrokerAddress(host, uri.getPort() < 0 ? tls ? TLS_PORT : PLAIN_PORT : uri.getPort(), tls);
    }

    private static @Nullable URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return (tls ? "ssl://" : "tcp://") + (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
}
