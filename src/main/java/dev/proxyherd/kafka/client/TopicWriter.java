package dev.proxyherd.kafka.client;

import dev.proxyherd.io.Backoff;
import dev.proxyherd.kafka.Outbox;
import dev.proxyherd.protocol.Location;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Takes from the {@link Outbox} what is due, and gives it to Kafka's producer, which sends it by a thread of its own and tells
 * there what has become of it. One platform thread runs it: to send waits where Kafka takes no more.
 */
final class TopicWriter implements Runnable {
    /** So many records at most are with Kafka's producer, where nothing replaces them any more. */
    private static final int MAX_IN_FLIGHT = 20_000;

    private static final int BATCH = 500;
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration LEAST_REST = Duration.ofMillis(500);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final ClientConfigs configs;
    private final Words words;
    private final String topic;
    private final Stamp stamp;
    private final Outbox outbox;
    private final Known known;
    private final Health health;
    private final Backoff backoff = new Backoff(LEAST_REST, LONGEST_REST, ThreadLocalRandom.current());
    private final Semaphore permits = new Semaphore(MAX_IN_FLIGHT);

    /** What Kafka's thread was told last that failed; null where the records after it were taken. */
    private volatile @Nullable Exception failed;
    private volatile boolean worked;
    private volatile Duration closeLimit = CLOSE_LIMIT;
    private volatile boolean draining;
    private volatile boolean stopping;

    TopicWriter(ClientConfigs configs, String topic, Stamp stamp, Outbox outbox, Known known,
            Health health) {
        this.configs = configs;
        this.words = new Words(configs, topic);
        this.topic = topic;
        this.stamp = stamp;
        this.outbox = outbox;
        this.known = known;
        this.health = health;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                try {
                    write();
                } catch (RuntimeException | Error e) {
                    tell(e);
                    rest();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets it end.
     *
     * @param drains whether not before nothing is queued
     */
    void stop(boolean drains) {
        closeLimit = drains ? CLOSE_LIMIT : Duration.ZERO;
        draining = drains;
        stopping = true;
    }

    private void write() throws InterruptedException {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(configs.producer());
        try {
            Deque<Outbox.Entry> batch = new ArrayDeque<>(BATCH);
            while (!stopping || (draining && outbox.size() > 0)) {
                outbox.await(IDLE);
                outbox.take(batch, BATCH);
                send(producer, batch);
                if (worked) {
                    worked = false;
                    backoff.reset();
                }
                Exception failure = failed;
                if (failure != null) {
                    tell(failure);
                    rest();
                    failed = null;
                    if (!(failure instanceof RetriableException)) {
                        return;
                    }
                }
            }
        } finally {
            boolean interrupted = Thread.interrupted();
            producer.close(closeLimit);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void send(Producer<byte[], byte[]> producer, Deque<Outbox.Entry> batch) throws InterruptedException {
        try {
            while (!batch.isEmpty()) {
                permits.acquire();
                Outbox.Entry next = batch.removeFirst();
                boolean given = false;
                try {
                    var unused = producer.send(record(next), (metadata, failure) -> sent(next, failure));
                    given = true;
                } finally {
                    if (!given) {
                        batch.addFirst(next);
                        permits.release();
                    }
                }
            }
        } finally {
            // What was not given to the producer: an entry that was is told of, whatever becomes of it.
            batch.forEach(outbox::failed);
            batch.clear();
        }
    }

    private ProducerRecord<byte[], byte[]> record(Outbox.Entry entry) {
        Location location = entry.location();
        byte[] line = location == null ? null : location.line();
        return new ProducerRecord<>(topic, null, stamp.key(entry.client()),
                line == null ? null : Arrays.copyOf(line, line.length - 1), stamp.headers());
    }

    /** On the producer's own thread. */
    private void sent(Outbox.Entry entry, @Nullable Exception failure) {
        permits.release();
        if (failure == null) {
            outbox.done(entry);
            health.published.incrementAndGet();
            health.writes();
            worked = true;
        } else if (isForGood(failure)) {
            outbox.done(entry);
            health.refused(failure);
        } else {
            Location location = entry.location();
            // Something newer may have been sent after it and have arrived: what is sent last must be the best.
            outbox.failed(location == null ? entry
                    : new Outbox.Entry(entry.client(), known.newest(location), entry.overwrites(), entry.turn()));
            failed = failure;
        }
    }

    /** Whether this record will never be taken, and others may be. */
    static boolean isForGood(Exception failure) {
        return failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException || failure instanceof InvalidTimestampException;
    }

    private void tell(Throwable failure) {
        if (!stopping) {
            health.cannotWrite(words.of(failure));
        }
    }

    private void rest() throws InterruptedException {
        if (!stopping) {
            TimeUnit.NANOSECONDS.sleep(backoff.nextNanos());
        }
    }
}
