package dev.proxyherd.kafka.client;

import dev.proxyherd.kafka.Outbox;
import dev.proxyherd.kafka.Region;
import dev.proxyherd.kafka.RegionKeeping;
import dev.proxyherd.kafka.RegionParts;
import dev.proxyherd.log.Endless;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.KafkaStatus;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One server's share in a topic: wires the parts, and starts and ends their threads. */
final class KafkaRegion implements Region {
    /** How long a thread may take to end by itself. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final String topic;
    private final RegionParts parts;
    private final Outbox outbox;
    private final Health health;
    private final Known known;
    private final TopicReader reader;
    private final TopicWriter writer;

    /** Null where nothing is kept. */
    private final @Nullable Keeper keeper;
    private final Thread reading;
    private final Thread writing;
    private final Thread keeping;
    private final ReentrantLock changing = new ReentrantLock();
    private boolean started;
    private boolean stopping;

    KafkaRegion(ClientConfigs configs, String topic, RegionParts parts) {
        this.topic = topic;
        this.parts = parts;
        this.outbox = new Outbox(client -> parts.room().store().hashOf(Location.idOnly(client)), System::nanoTime);
        this.health = new Health(parts.log());
        this.known = new Known(parts, outbox);
        Stamp stamp = new Stamp(parts.server(), ByteBuffer.wrap(parts.herd()).getLong(), new SecureRandom().nextLong());
        Inbox inbox = new Inbox(parts, known, outbox, health, stamp, new Words(configs, topic));
        Positions positions = new Positions();
        this.reader = new TopicReader(configs, topic, Long.toHexString(stamp.herd()), inbox, positions, health);
        this.writer = new TopicWriter(configs, topic, stamp, outbox, known, health);
        RegionKeeping kept = parts.keeping();
        this.keeper = kept == null ? null
                : new Keeper(positions, inbox::isWhole, outbox, kept.journal(), kept.file(), parts.log());
        this.reading = thread("read", reader);
        this.writing = thread("write", writer);
        this.keeping = thread("keep", keeper == null ? () -> {} : keeper);
    }

    private Thread thread(String what, Runnable work) {
        String name = "kafka-" + what + '-' + parts.server();
        return Thread.ofPlatform().daemon().name(name).unstarted(new Endless(name, parts.log().faults(), () -> {
            work.run();
            return false;
        }));
    }

    @Override
    public void start() {
        changing.lock();
        try {
            if (!started && !stopping) {
                started = true;
                reading.start();
                writing.start();
                keeping.start();
            }
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void heard(Location location, @Nullable String fromNeighbour) {
        known.look();
        if (fromNeighbour == null) {
            outbox.publish(location);
            return;
        }
        known.offerAnothers(location);
        if (location.isGone()) {
            outbox.overwrite(location);
        }
    }

    @Override
    public void expired(Location location) {
        outbox.delete(location);
    }

    @Override
    public KafkaStatus status() {
        return health.status(topic, outbox.size(), parts.clock().millis());
    }

    @Override
    public void close() {
        changing.lock();
        try {
            stopping = true;
            if (!started) {
                return;
            }
        } finally {
            changing.unlock();
        }
        // Where Kafka does not answer there is nothing to wait for: what is not published is in the journal.
        boolean answers = health.connected;
        keeping.interrupt();
        writer.stop(answers);
        end(writing, answers);
        reader.stop();
        end(reading, answers);
        end(keeping, true);
        if (outbox.size() > 0) {
            parts.log().note("kafka: the locations of " + outbox.size() + " clients are not published"
                    + (keeper == null ? "" : "; the journal has them, and the next start publishes them"));
        }
        if (keeper != null && !reading.isAlive() && !keeping.isAlive()) {
            keeper.finish();
        }
    }

    /** Waits for it, and interrupts what takes long. */
    private static void end(Thread thread, boolean patiently) {
        try {
            if (!patiently || !thread.join(CLOSE_LIMIT)) {
                thread.interrupt();
                thread.join(CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
