package dev.proxyherd.kafka;

import dev.proxyherd.io.Libraries;
import dev.proxyherd.io.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a process was told of Kafka, for all of its servers.
 *
 * @param file where the settings of Kafka's own client stand, for messages
 * @param client these settings by Kafka's names
 * @param topic what the regions share
 * @param history the topic of every report that is heard; null where none is kept
 * @param library Kafka's client, opened
 */
public record KafkaSettings(Path file, Map<String, String> client, String topic, @Nullable String history,
        KafkaLibrary library) {
    /** What the regions share unless they are told otherwise. */
    public static final String TOPIC = "herd.locations";

    /** Holds the implementation of {@link KafkaLibrary}. */
    private static final String IMPLEMENTATION = "dev.proxyherd.kafka.client.KafkaClient";

    /** The folder of its libraries. */
    private static final String LIBRARIES = "kafka";

    public KafkaSettings {
        client = Map.copyOf(client);
    }

    /** Whether there is a password in the file, and others than its owner may read it. */
    public boolean isOpenToOthers() {
        return client.keySet().stream().anyMatch(name -> name.contains("password") || name.equals("sasl.jaas.config"))
                && OwnerOnly.isOpenToOthers(file);
    }

    /**
     * Reads the file, opens Kafka's client and lets it look at what it was given.
     *
     * @throws IOException if the file or the libraries cannot be used; the message names them and says what to do
     */
    public static KafkaSettings read(Path file, String topic, @Nullable String history) throws IOException {
        Map<String, String> client = KafkaFile.read(file);
        KafkaLibrary library =
                Libraries.besideTheJar().open(KafkaLibrary.class, IMPLEMENTATION, LIBRARIES);
        KafkaSettings settings = new KafkaSettings(file, client, topic, history, library);
        library.check(settings);
        return settings;
    }
}
