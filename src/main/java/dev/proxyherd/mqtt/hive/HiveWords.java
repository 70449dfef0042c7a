package dev.proxyherd.mqtt.hive;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttDecodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5MessageException;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5Message;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAck;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import dev.proxyherd.mqtt.broker.BrokerPlan;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What the library reports, in words for a person: printable ASCII, for part of it comes from the other end. */
final class HiveWords {
    private static final int MAX_WORDS = 300;
    private static final String CLOSED = "the connection was closed";

    private HiveWords() {
    }

    /** Why something did not work, and what to do. */
    static String why(Throwable failure) {
        String words = null;
        for (Throwable cause = failure; cause != null && words == null; cause = cause.getCause()) {
            words = known(cause);
        }
        return printable(words == null ? String.valueOf(root(failure)) : words);
    }

    /** The same of a connection that was not made yet. */
    static String whyNotConnected(Throwable failure) {
        String words = why(failure);
        return words.equals(
                CLOSED) ? "it closed the connection without a word: does a broker listen there, and does it want "
                        + "TLS (ssl://) or none (tcp://)?" : words;
    }

    private static @Nullable String known(Throwable cause) {
        return switch (cause) {
            case Mqtt5MessageException told -> told(told.getMqttMessage());
            case CertPathBuilderException e -> "its certificate is signed by nobody that this machine trusts; "
                    + "--mqtt-ca FILE names the authorities to trust";
            case SSLException e when !(e.getCause() instanceof CertificateException) -> "TLS failed: " + e.getMessage()
                    + "; is the port one for TLS?";
            case CertificateException e when e.getCause() == null -> "its certificate is refused: " + e.getMessage();
            case MqttDecodeException e -> "what answers there does not speak MQTT 5 (" + e.getMessage() + ')';
            case UnknownHostException e ->
                    "the host " + String.valueOf(e.getMessage()).replaceFirst(":.*", "") + " is unknown here";
            case ConnectException e -> String.valueOf(e.getMessage());
            case SocketException e -> CLOSED;
            case ConnectionClosedException e when e.getCause() == null -> CLOSED;
            default -> null;
        };
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static @Nullable String told(Mqtt5Message message) {
        return switch (message) {
            case Mqtt5ConnAck refused -> refused(refused.getReasonCode()) + detail(refused.getReasonString());
            case Mqtt5Disconnect end -> ended(end.getReasonCode()) + detail(end.getReasonString());
            case Mqtt5PubAck refused -> "the broker refuses the message: " + name(refused.getReasonCode())
                    + detail(refused.getReasonString());
            case Mqtt5SubAck refused -> "the broker refuses the subscription: "
                    + name(refused.getReasonCodes().getFirst()) + detail(refused.getReasonString());
            default -> null;
        };
    }

    private static String refused(Mqtt5ConnAckReasonCode code) {
        return switch (code) {
            case NOT_AUTHORIZED, BAD_USER_NAME_OR_PASSWORD -> "the broker refuses user or password (--mqtt-user, and "
                    + "--mqtt-password-file or HERD_MQTT_PASSWORD)";
            case UNSUPPORTED_PROTOCOL_VERSION -> "the broker does not speak MQTT 5";
            case QOS_NOT_SUPPORTED -> "the broker grants quality of service 0 only and refuses the will";
            case RETAIN_NOT_SUPPORTED -> "the broker retains nothing, which --mqtt-publish needs";
            default -> "the broker refuses: " + name(code);
        };
    }

    private static String ended(Mqtt5DisconnectReasonCode code) {
        return switch (code) {
            case SESSION_TAKEN_OVER -> "another client with the same ID has taken this one's place";
            case SERVER_SHUTTING_DOWN -> "the broker shuts down";
            default -> "the broker ended the connection: " + name(code);
        };
    }

    private static String name(Enum<?> code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String detail(Optional<MqttUtf8String> reason) {
        return reason.map(text -> " (" + text + ')').orElse("");
    }

    /** What a broker has granted less than was asked for; null where it was granted all. */
    static @Nullable String reservations(Mqtt5ConnAck answer) {
        List<String> words = new ArrayList<>();
        if (answer.getRestrictions().getMaximumQos() == MqttQos.AT_MOST_ONCE) {
            words.add("quality of service 0 only, so what is on the way when a connection breaks is lost");
        }
        if (!answer.getRestrictions().isRetainAvailable()) {
            words.add("no retained messages, so --mqtt-publish does not work");
        }
        long kept = answer.getSessionExpiryInterval().orElse(BrokerPlan.SESSION_EXPIRY.toSeconds());
        if (kept < BrokerPlan.SESSION_EXPIRY.toSeconds()) {
            words.add("to keep what comes while this server is away for " + kept + " s only");
        }
        return words.isEmpty() ? null : "the broker grants " + String.join("; and ", words);
    }

    static String printable(String text) {
        String ascii = text.replaceAll("[^ -~]", "?");
        return ascii.length() > MAX_WORDS ? ascii.substring(0, MAX_WORDS) + "..." : ascii;
    }
}
