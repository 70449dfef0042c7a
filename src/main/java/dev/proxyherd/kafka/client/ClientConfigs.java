package dev.proxyherd.kafka.client;

import dev.proxyherd.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Kafka's clients: those of the user's file, what the herd sets where it says nothing, and what the herd must
 * set itself, which the file may not overrule.
 *
 * @param file where the user's stand, for messages
 * @param given the user's
 * @param clientId by which brokers know this process where the file does not say
 */
record ClientConfigs(Path file, Map<String, String> given, String clientId) {
    /** What the order of records under one key, and their safety, rest on; and what the herd reads and writes by itself. */
    private static final Map<String, String> OWN = Map.ofEntries(
            Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
            Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true"),
            Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName()),
            Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName()),
            Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName()),
            Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName()),
            Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
            Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
            Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"));

    /** What may not be set at all: readers of a group share partitions, and here each server reads all. */
    private static final Set<String> NONE = Set.of(ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);

    /** What there are libraries for. */
    static final Set<String> CODECS = Set.of("none", "gzip", "lz4");

    private static final Map<String, String> PRODUCER_DEFAULTS = Map.of(
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG, "65536",
            ProducerConfig.BUFFER_MEMORY_CONFIG, "16777216");

    private static final Map<String, String> CONSUMER_DEFAULTS = Map.of(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000",
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "8388608");

    static ClientConfigs of(KafkaSettings settings, String clientId) {
        return new ClientConfigs(settings.file(), settings.client(), clientId);
    }

    /** @throws IOException if the file sets what it may not, or Kafka's client would refuse a value */
    void check() throws IOException {
        Set<String> overruled = new TreeSet<>(given.keySet());
        overruled.removeIf(name -> !NONE.contains(name)
                && (!OWN.containsKey(name) || OWN.get(name).equals(given.get(name))));
        if (!overruled.isEmpty()) {
            throw new IOException(file + ": the herd itself sets " + String.join(", ", overruled)
                    + "; remove that from the file");
        }
        String codec = given.getOrDefault(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        if (!CODECS.contains(codec)) {
            throw new IOException(file + ": for compression.type=" + codec
                    + " the herd has no library; say lz4, gzip or none");
        }
        try {
            new AdminClientConfig(admin());
            new ProducerConfig(producer());
            new ConsumerConfig(consumer(false));
            Admin.create(admin()).close(Duration.ZERO);
        } catch (ConfigException e) {
            throw refused(e.getMessage(), e);
        } catch (KafkaException e) {
            // Who is unknown at the moment may be known soon; that is told later, and again and again tried.
            if (!Words.isUnresolved(e)) {
                throw refused(new Words(this, "").of(e), e);
            }
        }
    }

    private IOException refused(@Nullable String why, Exception e) {
        return new IOException(file + ": Kafka's client refuses it: " + why, e);
    }

    Map<String, Object> admin() {
        return with(Map.of());
    }

    Map<String, Object> producer() {
        return with(PRODUCER_DEFAULTS);
    }

    /** @param single whether it is to give one record at a time */
    Map<String, Object> consumer(boolean single) {
        Map<String, Object> all = with(CONSUMER_DEFAULTS);
        if (single) {
            all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        }
        return all;
    }

    /** Where the file says that Kafka is. */
    String servers() {
        return given.getOrDefault(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    private Map<String, Object> with(Map<String, String> defaults) {
        Map<String, Object> all = new HashMap<>(defaults);
        all.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
        all.putAll(given);
        all.putAll(OWN);
        return all;
    }
}
