package dev.proxyherd.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker's topics, as somebody sees and changes them who may do anything. Not for several threads at once. */
public final class Topics implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;
    private static final long WRITE_SECONDS = 20;

    private final String bootstrap;
    private final Admin admin;

    Topics(String bootstrap) {
        this.bootstrap = bootstrap;
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap, "reconnect.backoff.max.ms", 200,
                "default.api.timeout.ms", 60_000, "request.timeout.ms", 30_000));
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** The ports of the brokers that are up, as the cluster sees it; none where it answers nothing for a second. */
    Set<Integer> brokers() throws InterruptedException {
        try {
            return admin.describeCluster(new DescribeClusterOptions().timeoutMs(1000)).nodes().get().stream()
                    .map(Node::port).collect(Collectors.toSet());
        } catch (ExecutionException unreachable) {
            return Set.of();
        }
    }

    public void create(String topic, int partitions, Map<String, String> settings) throws Exception {
        get(admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())
                .configs(settings))).all());
    }

    public void delete(String topic) throws Exception {
        get(admin.deleteTopics(List.of(topic)).all());
    }

    public Set<String> names() throws Exception {
        return get(admin.listTopics().names());
    }

    public int partitions(String topic) throws Exception {
        return get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)).partitions().size();
    }

    /** A setting of a topic, such as cleanup.policy. */
    public String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return get(admin.describeConfigs(List.of(resource)).values().get(resource)).get(name).value();
    }

    public void change(String topic, Map<String, String> settings) throws Exception {
        List<AlterConfigOp> changes = settings.entrySet().stream()
                .map(one -> new AlterConfigOp(new ConfigEntry(one.getKey(), one.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        get(admin.incrementalAlterConfigs(
                Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), changes)).all());
    }

    /** Has a topic cleaned as soon as and as often as Kafka can: closes a segment with the first record that is older than a moment. */
    public void compactAtOnce(String topic) throws Exception {
        change(topic, Map.of("segment.ms", "100", "min.cleanable.dirty.ratio", "0.001", "delete.retention.ms", "0",
                "min.compaction.lag.ms", "0", "max.compaction.lag.ms", "100"));
    }

    /** Writes something that is no location into each partition, so that what is before it may be cleaned. */
    public void closeSegments(String topic) throws Exception {
        writeAll(topic, 50, i -> i + " closes", i -> "the segment");
    }

    /** Lets a user do something with topics of this name, at a listener that asks for passwords. */
    public void permit(String user, String topic, AclOperation... operations) throws Exception {
        for (AclOperation operation : operations) {
            get(admin.createAcls(List.of(new AclBinding(
                    new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                    new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)))).all());
        }
    }

    /** Writes one record, whatever it is, and waits until it is there, for some twenty seconds at most. */
    public void write(String topic, byte @Nullable [] key, byte @Nullable [] value) throws Exception {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap),
                new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.send(new ProducerRecord<>(topic, key, value)).get(WRITE_SECONDS, TimeUnit.SECONDS);
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    /** Writes one record of text as if that had been some time ago. */
    void writeLongAgo(String topic, String key, String value) throws Exception {
        long then = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, null, then, key.getBytes(StandardCharsets.ISO_8859_1),
                    value.getBytes(StandardCharsets.ISO_8859_1))).get(WRITE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Writes so many records at once, numbered from 0, as text. */
    public void writeAll(String topic, int count, IntFunction<String> key, IntFunction<String> value) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "compression.type", "lz4", "batch.size", 65_536, "linger.ms",
                        20),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                var unused =
                        producer.send(new ProducerRecord<>(topic, key.apply(i).getBytes(StandardCharsets.ISO_8859_1),
                                value.apply(i).getBytes(StandardCharsets.ISO_8859_1)));
            }
        }
    }

    /** Writes a record to a broker that may not take it. */
    void tryToWrite(String topic, byte[] value) {
        try {
            write(topic, new byte[] {'k'}, value);
        } catch (Exception refused) {
            // As it may.
        }
    }

    /** Every record that is in the topic now, a partition after the other, each in its order. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest", "enable.auto.commit", "false"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(one -> new TopicPartition(topic, one.partition())).toList();
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(all));
            for (TopicPartition one : all) {
                consumer.assign(List.of(one));
                consumer.seekToBeginning(List.of(one));
                while (consumer.position(one) < ends.get(one)) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
        }
        return records;
    }

    /** What compaction would leave of a topic: the newest value of each key, as text; keys whose newest value is null are out. */
    public Map<String, String> newest(String topic) throws Exception {
        Map<String, String> newest = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> one : read(topic)) {
            String key = one.key() == null ? "" : new String(one.key(), StandardCharsets.ISO_8859_1);
            if (one.value() == null) {
                newest.remove(key);
            } else {
                newest.put(key, new String(one.value(), StandardCharsets.ISO_8859_1));
            }
        }
        return newest;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
