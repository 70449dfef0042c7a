package dev.proxyherd.kafka.client;

import dev.proxyherd.foreign.FeatureJson;
import dev.proxyherd.io.Backoff;
import dev.proxyherd.kafka.HistoryQueue;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes reports from the {@link HistoryQueue} and writes them into the topic, some thousands at a time: what Kafka has not taken
 * of them it writes again, after a pause, and only then takes more. So an outage costs the queue and no more; and what
 * Kafka has taken without saying so is written twice. One platform thread runs it.
 */
final class HistoryWriter implements Runnable {
    private static final int BATCH = 10_000;
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration LEAST_REST = Duration.ofMillis(500);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final ClientConfigs configs;
    private final Words words;
    private final String topic;
    private final HistoryQueue queue;
    private final HistoryHealth health;
    private final Backoff backoff = new Backoff(LEAST_REST, LONGEST_REST, ThreadLocalRandom.current());
    private final StringBuilder json = new StringBuilder();

    /** What is to be written next; this thread only. */
    private List<Location> batch = new ArrayList<>();

    /** What Kafka's own thread was told that it had failed to write, in order. */
    private final Queue<Location> failed = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Exception failure;
    private volatile boolean stopping;
    private volatile Duration closeLimit = CLOSE_LIMIT;

    HistoryWriter(ClientConfigs configs, String topic, HistoryQueue queue, HistoryHealth health) {
        this.configs = configs;
        this.words = new Words(configs, topic);
        this.topic = topic;
        this.queue = queue;
        this.health = health;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                try {
                    write();
                } catch (IOException | RuntimeException | Error e) {
                    rest(e);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets it end.
     *
     * @param works whether Kafka answers: then what is left is written
     */
    void stop(boolean works) {
        closeLimit = works ? CLOSE_LIMIT : Duration.ZERO;
        stopping = true;
    }

    private void write() throws IOException, InterruptedException {
        makeTopic();
        Producer<byte[], byte[]> producer = new KafkaProducer<>(configs.producer());
        try {
            while (true) {
                fill();
                if (batch.isEmpty() && stopping) {
                    return;
                }
                Exception why = deliver(producer);
                if (why != null) {
                    // The topic may have been deleted, and the producer may be one that takes nothing more.
                    rest(why);
                    return;
                }
                health.works();
                backoff.reset();
            }
        } finally {
            boolean interrupted = Thread.interrupted();
            producer.close(closeLimit);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits a moment for reports, unless some are yet to be written. */
    private void fill() throws InterruptedException {
        if (batch.isEmpty()) {
            queue.take(batch, BATCH, IDLE);
            health.taken(batch.size());
        }
        health.tellLeftOut();
    }

    private void makeTopic() throws IOException, InterruptedException {
        try (Admin admin = Admin.create(configs.admin())) {
            Topic.findOrMake(admin, topic, Map.of());
        }
    }

    /**
     * Sends the batch and waits until all of it is told of; what was not written is the batch then.
     *
     * @return null if all was written, or will never be
     */
    private @Nullable Exception deliver(Producer<byte[], byte[]> producer) {
        int sent = 0;
        try {
            while (sent < batch.size() && failure == null) {
                Location report = batch.get(sent);
                // What becomes of it is told.
                var unused = producer.send(record(report), (metadata, why) -> told(report, why));
                sent++;
            }
            producer.flush();
            return failure;
        } finally {
            List<Location> left = new ArrayList<>(failed);
            left.addAll(batch.subList(sent, batch.size()));
            batch = left;
            failed.clear();
            failure = null;
        }
    }

    /** On the producer's own thread, or on this one while it sends. */
    private void told(Location report, @Nullable Exception why) {
        if (why == null) {
            health.written();
        } else if (TopicWriter.isForGood(why)) {
            health.refused(why);
        } else {
            failed.add(report);
            failure = why;
        }
    }

    private ProducerRecord<byte[], byte[]> record(Location report) {
        json.setLength(0);
        FeatureJson.feature(json, report);
        return new ProducerRecord<>(topic, report.client().getBytes(StandardCharsets.ISO_8859_1),
                json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void rest(Throwable why) throws InterruptedException {
        if (!stopping) {
            health.cannotWrite(words.of(why));
            health.tellLeftOut();
            TimeUnit.NANOSECONDS.sleep(backoff.nextNanos());
        }
    }
}
