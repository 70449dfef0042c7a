package dev.proxyherd.kafka.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Deletes what a server that is gone for good has left under its keys, which nobody else writes. The caller's thread. */
final class Retirement {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(Topic.ANSWER_MILLIS);

    /** A server that has published since then is not gone. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private final ClientConfigs configs;
    private final String topic;
    private final String server;

    /** Where there is something, by partition: one that has got other partitions may have a key in several. */
    private final Map<TopicPartition, Set<String>> clients = new HashMap<>();
    private long newestMillis;

    Retirement(ClientConfigs configs, String topic, String server) {
        this.configs = configs;
        this.topic = topic;
        this.server = server;
    }

    /**
     * @param anyway even if it has published just now
     * @return how many keys were deleted
     * @throws IOException if that cannot be, or must not be; the message says why
     */
    long run(boolean anyway, long nowMillis) throws IOException, InterruptedException {
        try {
            find();
            long sinceMillis = nowMillis - newestMillis;
            boolean isAny = clients.values().stream().anyMatch(some -> !some.isEmpty());
            if (isAny && !anyway && sinceMillis < RECENT.toMillis()) {
                throw new IOException(server + " has published " + Math.max(0, sinceMillis / 1000)
                        + " s ago, and so is not gone; stop it, and wait for a minute or say --yes");
            }
            return delete();
        } catch (KafkaException e) {
            throw new IOException(new Words(configs, topic).of(e), e);
        }
    }

    private void find() throws IOException, InterruptedException {
        Topic found = topic();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(configs.consumer(false))) {
            consumer.assign(found.all());
            Map<TopicPartition, Long> ends = consumer.endOffsets(found.all(), ANSWER_LIMIT);
            consumer.seekToBeginning(found.all());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(this::look);
            }
        }
    }

    private Topic topic() throws IOException, InterruptedException {
        Admin admin = Admin.create(configs.admin());
        try {
            Topic found = Topic.find(admin, topic);
            if (found == null) {
                throw new IOException("there is no topic " + topic);
            }
            return found;
        } finally {
            // Otherwise it would wait for answers that nobody waits for any more.
            admin.close(Duration.ZERO);
        }
    }

    private void look(ConsumerRecord<byte[], byte[]> record) {
        RecordKey key = RecordKey.parse(record.key());
        if (key == null || !key.publisher().equals(server)) {
            return;
        }
        Set<String> there =
                clients.computeIfAbsent(new TopicPartition(topic, record.partition()), part -> new HashSet<>());
        if (record.value() == null) {
            there.remove(key.client());
        } else {
            there.add(key.client());
            newestMillis = Math.max(newestMillis, record.timestamp());
        }
    }

    private long delete() throws InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(configs.producer())) {
            clients.forEach((part, all) -> all.forEach(client -> sent.add(producer.send(new ProducerRecord<>(topic,
                    part.partition(), new RecordKey(server, client).bytes(), null)))));
            producer.flush();
        }
        for (Future<?> one : sent) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof KafkaException own ? own : new KafkaException(e.getCause());
            }
        }
        return sent.size();
    }
}
