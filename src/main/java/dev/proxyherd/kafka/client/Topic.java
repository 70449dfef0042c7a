package dev.proxyherd.kafka.client;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * A topic as it is at the broker.
 *
 * @param id the broker's own; one that was deleted and made anew has another
 */
record Topic(String name, Uuid id, int partitions) {
    /** How long a broker may take to answer. */
    static final long ANSWER_MILLIS = 15_000;

    /** A topic that was made takes a moment to be known everywhere. */
    private static final int TRIES = 20;

    private static final long TRY_MILLIS = 250;

    /** How long what was erased may stay on the brokers' disks: they compact at the latest then. */
    private static final String COMPACTED_WITHIN_MILLIS = "86400000";

    private static final Map<String, String> COMPACTED =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, COMPACTED_WITHIN_MILLIS);

    /**
     * The topic of this name, made if it is missing: compacted, with the partitions and the replication that the brokers
     * are configured to give.
     *
     * @throws IOException if it cannot be used; the message says why
     */
    static Topic findOrMake(Admin admin, String name) throws IOException, InterruptedException {
        Topic found = findOrMake(admin, name, COMPACTED);
        requireFit(admin, name);
        return found;
    }

    /** The same of any topic, made with these settings if it is missing. */
    static Topic findOrMake(Admin admin, String name, Map<String, String> settings)
            throws IOException, InterruptedException {
        Topic found = find(admin, name);
        for (int i = 0; found == null && i < TRIES; i++) {
            if (i == 0) {
                make(admin, name, settings);
            } else {
                Thread.sleep(TRY_MILLIS);
            }
            found = find(admin, name);
        }
        if (found == null) {
            throw new IOException("the topic " + name + " was made, and is not to be found");
        }
        return found;
    }

    /** Null where there is none. */
    static @Nullable Topic find(Admin admin, String name) throws InterruptedException {
        try {
            return of(get(described(admin, name)));
        } catch (UnknownTopicOrPartitionException e) {
            return null;
        }
    }

    /** What the broker says of it, once it does. */
    static KafkaFuture<TopicDescription> described(Admin admin, String name) {
        return Objects.requireNonNull(admin.describeTopics(List.of(name)).topicNameValues().get(name));
    }

    static Topic of(TopicDescription description) {
        return new Topic(description.name(), description.topicId(), description.partitions().size());
    }

    private static void make(Admin admin, String name, Map<String, String> settings)
            throws IOException, InterruptedException {
        NewTopic wanted = new NewTopic(name, Optional.empty(), Optional.empty()).configs(settings);
        try {
            get(admin.createTopics(List.of(wanted)).all());
        } catch (TopicExistsException anotherServerWasFirst) {
            // That one is as good.
        } catch (AuthorizationException e) {
            throw new IOException("there is no topic " + name
                    + ", or this user may not know of it, and it may not be made: " + e.getMessage()
                    + "; make it" + (settings.isEmpty() ? "" : " with cleanup.policy=compact") + ", or allow Create",
                    e);
        }
    }

    private static void requireFit(Admin admin, String name) throws IOException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config config;
        try {
            config = get(Objects.requireNonNull(admin.describeConfigs(List.of(resource)).values().get(resource)));
        } catch (AuthorizationException mayNotKnow) {
            return;
        }
        String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (!policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new IOException("the topic " + name + " is not compacted (its cleanup.policy is " + policy
                    + "): it would lose clients in time, or grow for ever; set cleanup.policy=compact, or name another topic");
        }
        String codec = config.get(TopicConfig.COMPRESSION_TYPE_CONFIG).value();
        if (!codec.equals("producer") && !codec.equals("uncompressed") && !ClientConfigs.CODECS.contains(codec)) {
            throw new IOException("the topic " + name + " packs all by " + codec
                    + ", for which the herd has no library; set its compression.type to producer, lz4 or gzip");
        }
    }

    /** Waits for an answer; throws what the broker, or the way to it, has thrown. */
    static <T> T get(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException own ? own : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(e);
        }
    }

    Collection<TopicPartition> all() {
        return IntStream.range(0, partitions).mapToObj(number -> new TopicPartition(name, number)).toList();
    }
}
