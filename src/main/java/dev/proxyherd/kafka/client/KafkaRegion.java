package dev.proxyherd.kafka.client;

import dev.proxyherd.kafka.Outbox;
import dev.proxyherd.kafka.Region;
import dev.proxyherd.kafka.RegionParts;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.KafkaStatus;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One server's share in a topic: wires the parts, and starts and ends their threads. */
final class KafkaRegion implements Region {
    private final String topic;
    private final RegionParts parts;
    private final Outbox outbox;
    private final Health health;
    private final TopicReader reader;
    private final TopicWriter writer;
    private final Thread reading;
    private final Thread writing;
    private final ReentrantLock changing = new ReentrantLock();
    private boolean started;
    private boolean stopping;

    /** All servers that were of this herd since this one's start. */
    private final Set<String> servers = ConcurrentHashMap.newKeySet();
    private volatile Set<String> latest = Set.of();

    KafkaRegion(ClientConfigs configs, String topic, RegionParts parts) {
        this.topic = topic;
        this.parts = parts;
        this.outbox = new Outbox(parts.room().store()::hashOf, System::nanoTime);
        this.health = new Health(parts.log());
        Stamp stamp = new Stamp(parts.server(), ByteBuffer.wrap(parts.herd()).getLong(), new SecureRandom().nextLong());
        this.reader = new TopicReader(configs, topic, new Inbox(parts, outbox, health, this::offerAll), new Positions(),
                health);
        this.writer = new TopicWriter(configs, topic, stamp, outbox, health);
        this.reading = thread("read", reader);
        this.writing = thread("write", writer);
    }

    private Thread thread(String what, Runnable work) {
        return KafkaThread.of("kafka-" + what + '-' + parts.server(), parts.log(), work);
    }

    @Override
    public void start() {
        changing.lock();
        try {
            if (!started && !stopping) {
                started = true;
                reading.start();
                writing.start();
            }
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void heard(Location location, @Nullable String fromNeighbour) {
        lookAtServers();
        if (fromNeighbour == null) {
            outbox.publish(location);
            return;
        }
        if (isOwn(location.server())) {
            outbox.watch(location);
        }
        if (location.isGone()) {
            outbox.overwrite(location);
        }
    }

    @Override
    public void expired(Location location) {
        outbox.delete(location);
    }

    private void lookAtServers() {
        Set<String> now = parts.servers().get();
        if (now != latest) {
            servers.addAll(now);
            latest = now;
        }
    }

    private boolean isOwn(String server) {
        return servers.contains(server);
    }

    private void offerAll() {
        lookAtServers();
        parts.room().store().forEach(location -> {
            String server = location.server();
            if (server.equals(parts.server())) {
                outbox.publish(location);
            } else if (isOwn(server)) {
                outbox.watch(location);
            }
        });
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
        writer.stop();
        KafkaThread.end(writing);
        reader.stop();
        KafkaThread.end(reading);
    }
}
