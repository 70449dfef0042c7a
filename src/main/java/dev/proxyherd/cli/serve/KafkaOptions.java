package dev.proxyherd.cli.serve;

import dev.proxyherd.cli.options.CliException;
import dev.proxyherd.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How servers share a topic of Kafka's with other herds. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class KafkaOptions {
    @Option(names = "--kafka", paramLabel = "FILE",
            description = "Share locations with other herds through a topic of Kafka's; the file holds the settings of Kafka's own "
                    + "client, such as bootstrap.servers=HOST:PORT.")
    private @Nullable Path file;

    @Option(names = "--kafka-topic", paramLabel = "TOPIC", defaultValue = KafkaSettings.TOPIC,
            description = "With --kafka: that topic, the same for all herds; made if it is missing (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Option(names = "--kafka-history", paramLabel = "TOPIC",
            description = "With --kafka: write every report that is heard into that topic too, as GeoJSON, for others to read; made "
                    + "if it is missing.")
    private @Nullable String history;

    /** What was given, with Kafka's client opened; null where nothing was. */
    @Nullable
    KafkaSettings settings() throws CliException {
        if (file == null) {
            CliException.unless(history == null, "--kafka-history needs --kafka FILE, which says where Kafka is");
            return null;
        }
        check();
        try {
            return KafkaSettings.read(file, topic, history);
        } catch (IOException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    /** Refuses what can be no topic's name. */
    void check() throws CliException {
        requireTopic("--kafka-topic", topic);
        if (history != null) {
            requireTopic("--kafka-history", history);
            CliException.unless(!history.equals(topic),
                    "--kafka-history and --kafka-topic must not name the same topic");
        }
    }

    private static void requireTopic(String option, String name) throws CliException {
        CliException.unless(name.matches("[A-Za-z0-9._-]{1,249}") && !name.matches("\\.\\.?"),
                option + " must be 1 to 249 of A-Z a-z 0-9 . _ -");
    }
}
