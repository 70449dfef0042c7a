package dev.proxyherd.kafka.client;

import dev.proxyherd.kafka.Outbox;
import dev.proxyherd.kafka.RegionParts;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Takes in what is read in the topic, record by record; what nobody of the herd can have written is skipped. The reader's thread. */
final class Inbox {
    private final RegionParts parts;
    private final Outbox outbox;
    private final Health health;
    private final Runnable offerAll;
    private final LocationStore store;

    /** @param offerAll offers all that is known and that this server may have to publish */
    Inbox(RegionParts parts, Outbox outbox, Health health, Runnable offerAll) {
        this.parts = parts;
        this.outbox = outbox;
        this.health = health;
        this.offerAll = offerAll;
        this.store = parts.room().store();
    }

    /** Before anything is read. */
    void begin() {
        offerAll.run();
    }

    /** The topic is read from its beginning, and nothing is known of what it holds. */
    void otherTopic() {
        outbox.forgetTopic();
        offerAll.run();
    }

    /** Whether the topic is being read, and known up to its end. */
    void live(boolean isLive) {
        outbox.live(isLive);
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        health.read.incrementAndGet();
        RecordKey key = RecordKey.parse(record.key());
        if (key == null) {
            health.skipped.incrementAndGet();
            return;
        }
        boolean own = key.publisher().equals(parts.server());
        if (record.value() == null) {
            if (own) {
                outbox.seenDeleted(key.client());
            }
            return;
        }
        Location location = location(record.value(), key.client());
        if (location == null) {
            health.skipped.incrementAndGet();
            return;
        }
        take(location, own);
    }

    private void take(Location location, boolean own) {
        Location known = store.find(location.client());
        if (!own && known != null && Arrays.equals(known.line(), location.line())) {
            health.duplicates.incrementAndGet();
        }
        parts.intake().test(location);
        outbox.seen(location, own);
        if (location.isGone()) {
            outbox.overwrite(location);
        }
    }

    /** Null if that is no line of this client's that a link could carry. */
    private @Nullable Location location(byte[] line, String client) {
        if (line.length >= LinkMessage.MAX_LINE) {
            return null;
        }
        Location location = Location.parse(line, 0, line.length, Expiry.nanos(parts.clock().instant()));
        return location != null && location.client().equals(client) ? location : null;
    }
}
