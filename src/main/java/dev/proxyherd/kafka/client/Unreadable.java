package dev.proxyherd.kafka.client;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Gets past what nobody can read in a topic: a batch that is damaged, or packed by what there is no library for. Kafka's
 * reader would meet it again and again, and drop what it has read before it. So it reads one partition after the other here, up
 * to the end as it was, and one record at a time: where that fails it goes on with the next offset. For the reader's thread.
 */
final class Unreadable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Positions positions;
    private final Inbox inbox;
    private final BooleanSupplier goesOn;

    /**
     * @param consumer gives one record at a time
     * @param goesOn asked before each
     */
    Unreadable(Consumer<byte[], byte[]> consumer, Positions positions, Inbox inbox, BooleanSupplier goesOn) {
        this.consumer = consumer;
        this.positions = positions;
        this.inbox = inbox;
        this.goesOn = goesOn;
    }

    /** Whether that is what has failed; it may be so where a record is read, and nowhere else. */
    static boolean is(Throwable failure) {
        return failure instanceof LinkageError || failure instanceof CorruptRecordException
                || failure instanceof SerializationException || failure.getClass() == KafkaException.class;
    }

    /** Reads up to these ends. */
    void pass(Map<TopicPartition, Long> ends) {
        Collection<TopicPartition> all = ends.keySet();
        consumer.pause(all);
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            consumer.resume(List.of(end.getKey()));
            pass(end.getKey(), end.getValue());
            consumer.pause(List.of(end.getKey()));
        }
        consumer.resume(all);
    }

    private void pass(TopicPartition part, long end) {
        while (consumer.position(part) < end && goesOn.getAsBoolean()) {
            try {
                ConsumerRecords<byte[], byte[]> one = consumer.poll(POLL);
                one.forEach(inbox::take);
            } catch (RuntimeException | LinkageError failure) {
                if (!is(failure)) {
                    throw failure;
                }
                consumer.seek(part, consumer.position(part) + 1);
                inbox.skip(failure);
            }
            positions.set(part, consumer.position(part));
        }
    }
}
