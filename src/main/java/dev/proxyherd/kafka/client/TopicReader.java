package dev.proxyherd.kafka.client;

import dev.proxyherd.io.Backoff;
import dev.proxyherd.kafka.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads all partitions of the topic, from where it was read to before, and for as long as the region is there: where that breaks
 * off it begins anew, with a pause. One platform thread runs it.
 */
final class TopicReader implements Runnable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(Topic.ANSWER_MILLIS);
    private static final Duration LEAST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final ClientConfigs configs;
    private final Words words;
    private final String name;
    private final String herd;
    private final Inbox inbox;
    private final Positions positions;
    private final Health health;
    private final Backoff backoff = new Backoff(LEAST_REST, LONGEST_REST, ThreadLocalRandom.current());
    private volatile boolean stopping;

    /** Whether the topic holds something that cannot be read. */
    private boolean careful;

    /** @param herd tells this herd from others */
    TopicReader(ClientConfigs configs, String name, String herd, Inbox inbox, Positions positions, Health health) {
        this.configs = configs;
        this.words = new Words(configs, name);
        this.name = name;
        this.herd = herd;
        this.inbox = inbox;
        this.positions = positions;
        this.health = health;
    }

    @Override
    public void run() {
        try {
            Progress before = inbox.begin();
            if (before != null) {
                positions.restore(before.topic(), before.offsets());
            }
            while (!stopping) {
                try {
                    read();
                } catch (IOException | RuntimeException | Error e) {
                    inbox.away();
                    if (!stopping) {
                        health.cannotRead(words.of(e));
                        TimeUnit.NANOSECONDS.sleep(backoff.nextNanos());
                    }
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets it end soon. */
    void stop() {
        stopping = true;
    }

    private void read() throws IOException, InterruptedException {
        Admin admin = Admin.create(configs.admin());
        try {
            Topic topic = Topic.findOrMake(admin, name);
            Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(configs.consumer(careful));
            try {
                follow(consumer, topic, new TopicWatch(admin, topic));
            } finally {
                boolean interrupted = Thread.interrupted();
                consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer, Topic topic, TopicWatch watch) throws IOException {
        Collection<TopicPartition> all = topic.all();
        consumer.assign(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all, ANSWER_LIMIT);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(all, ANSWER_LIMIT);
        String id = topic.id() + "-" + herd;
        if (!positions.fit(id, begins, ends)) {
            positions.begin(id);
            inbox.otherTopic();
        }
        all.forEach(part -> consumer.seek(part, positions.from(part, begins.getOrDefault(part, 0L))));
        if (careful) {
            new Unreadable(consumer, positions, inbox, () -> !stopping).pass(ends);
            careful = false;
            return;
        }
        boolean caughtUp = false;
        while (!stopping && watch.isSame() && !wantsAgain()) {
            try {
                take(consumer, consumer.poll(POLL));
            } catch (RuntimeException | LinkageError e) {
                if (!Unreadable.is(e)) {
                    throw e;
                }
                careful = true;
                break;
            }
            if (!caughtUp && positions.have(ends)) {
                caughtUp = true;
                inbox.live();
                health.reads();
                backoff.reset();
            }
        }
        inbox.away();
    }

    private boolean wantsAgain() {
        boolean again = inbox.wantsAgain();
        if (again) {
            positions.begin(String.valueOf(positions.topic()));
        }
        return again;
    }

    private void take(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition part : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> some = records.records(part);
            some.forEach(inbox::take);
            health.lastMillis = some.getLast().timestamp();
        }
        long lag = 0;
        for (TopicPartition part : consumer.assignment()) {
            positions.set(part, consumer.position(part, ANSWER_LIMIT));
            lag += consumer.currentLag(part).orElse(0);
        }
        health.lagRecords = lag;
    }
}
