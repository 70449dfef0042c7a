package dev.proxyherd.kafka.client;

import dev.proxyherd.io.FileReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.FileSystemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/** Says what has gone wrong with Kafka as a person needs it who has to mend it. */
final class Words {
    private static final int DIAL_MILLIS = 2_000;
    private static final String UNRESOLVED = "No resolvable bootstrap urls";

    /** As Kafka takes them: perhaps a protocol, then a host, an address of IPv6 in brackets, and a port. */
    private static final Pattern SERVER = Pattern.compile("(?:[^:/]+://)?\\[?([^\\[\\]]+?)]?:(\\d{1,5})");

    private final ClientConfigs configs;
    private final String topic;

    Words(ClientConfigs configs, String topic) {
        this.configs = configs;
        this.topic = topic;
    }

    /** May take some seconds: where nobody answers it is tried why. */
    String of(Throwable failure) {
        Throwable cause = cause(failure);
        return switch (cause) {
            case SslAuthenticationException e -> "TLS with Kafka fails: " + deepest(e) + "; see the ssl settings in "
                    + configs.file();
            case AuthenticationException e -> "Kafka refuses this user: " + e.getMessage()
                    + "; see the sasl settings in " + configs.file();
            case TopicAuthorizationException e -> "this user may not use the topic " + topic + ": " + e.getMessage()
                    + "; it needs Read, Write and Describe";
            case ClusterAuthorizationException e -> "this user may not write: it needs Write on the topic " + topic;
            case AuthorizationException e -> "Kafka does not let this user do that: " + e.getMessage();
            case TimeoutException e -> unanswered();
            case RetriableException e -> String.valueOf(e.getMessage());
            case ConfigException e -> unresolved(e);
            case FileSystemException e -> e.getFile() + ": " + FileReason.of(e);
            case LoginException e -> "there is no sasl.jaas.config in " + configs.file() + ", or it is wrong: "
                    + e.getMessage();
            case IllegalArgumentException e when String.valueOf(e.getMessage()).contains("JAAS") ->
                    "sasl.jaas.config in " + configs.file() + " is missing or wrong: " + e.getMessage();
            case IOException e -> String.valueOf(e.getMessage());
            case NoClassDefFoundError e -> missing(e);
            default -> cause.getMessage() == null || cause instanceof Error ? cause.toString() : cause.getMessage();
        };
    }

    /** What Kafka's client has wrapped. */
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && (cause.getClass() == KafkaException.class
                || cause instanceof ConfigException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether no host of those that Kafka is at is known here, which may pass. */
    static boolean isUnresolved(Throwable failure) {
        return String.valueOf(cause(failure).getMessage()).contains(UNRESOLVED);
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private String unresolved(ConfigException e) {
        return isUnresolved(e)
                ? "no host in bootstrap.servers of " + configs.file() + " is known here: " + configs.servers()
                : e.getMessage() + " (" + configs.file() + ')';
    }

    private static String missing(NoClassDefFoundError e) {
        String name = String.valueOf(e.getMessage());
        String codec = name.contains("zstd") ? "zstd" : name.contains("snappy") ? "snappy" : null;
        return codec == null ? e.toString()
                : "it is packed by " + codec
                        + ", for which the herd has no library: lz4, gzip and none are read; set the topic's compression.type";
    }

    /** Kafka's client says only that the time was up. */
    private String unanswered() {
        String first = null;
        for (String server : configs.servers().split(",")) {
            String why = whyUnreachable(server.strip());
            if (why == null) {
                return "Kafka at " + server.strip() + " takes connections, and does not answer";
            }
            first = first == null ? why : first;
        }
        return "no Kafka answers at " + first;
    }

    /** Null where somebody takes connections. */
    private static @Nullable String whyUnreachable(String server) {
        Matcher parts = SERVER.matcher(server);
        if (!parts.matches()) {
            return server + ": this is no HOST:PORT";
        }
        try (Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
            if (address.isUnresolved()) {
                return server + ": the host is unknown here";
            }
            socket.connect(address, DIAL_MILLIS);
            return null;
        } catch (IOException | RuntimeException e) {
            return server + ": " + e.getMessage();
        }
    }
}
