package dev.proxyherd.mqtt.broker;

import java.time.Duration;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How to connect.
 *
 * @param clientId by which the broker knows again what it keeps for this client
 * @param login null to show nobody
 * @param trust who may have issued the broker's certificate; of no use without TLS
 * @param will what the broker publishes when the connection ends, however that comes; null for nothing
 */
public record BrokerPlan(BrokerAddress address, String clientId, @Nullable Login login, TrustManagerFactory trust,
        @Nullable Publication will) {
    /**
     * The longest message, which a report's is far from; longer ones brokers do not send. This bounds the memory: messages that
     * are not acknowledged are 65,535 at most, and mosquitto keeps 1,000 for a client if nobody has told it otherwise. To ask for
     * fewer at once (MQTT 5, 3.1.2.11.3) is of no use, for mosquitto 2.0 sends all that it has kept nevertheless, which a client must
     * take for an error: that would be so at each try.
     */
    public static final int MAX_PACKET_BYTES = 16 * 1024;

    /** How long a broker is to keep what comes while nobody is there. */
    public static final Duration SESSION_EXPIRY = Duration.ofDays(7);

    /** After so long without a word the other end is asked whether it lives, and has as long to answer. */
    public static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    /** How long connecting may take, and each answer after that. */
    public static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    /**
     * Who connects.
     *
     * @param password UTF-8; null for none
     */
    public record Login(String user, byte @Nullable [] password) {
    }
}
