package dev.proxyherd.kafka.client;

import dev.proxyherd.kafka.Outbox;
import dev.proxyherd.kafka.Progress;
import dev.proxyherd.kafka.RegionParts;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what is read in the topic, record by record; what nobody of a herd can have written is skipped. For the reader's
 * thread, and what it knows of the topic as a whole.
 */
final class Inbox {
    private final RegionParts parts;
    private final Known known;
    private final Outbox outbox;
    private final Health health;
    private final LocationStore store;
    private final Words words;
    private final Clashes clashes;

    /** Whether the topic was read up to its end. */
    private volatile boolean caughtUp;

    /** Whether there was no room for something. */
    private volatile boolean lacks;

    Inbox(RegionParts parts, Known known, Outbox outbox, Health health, Stamp stamp, Words words) {
        this.parts = parts;
        this.known = known;
        this.outbox = outbox;
        this.health = health;
        this.words = words;
        this.clashes = new Clashes(parts, known, stamp, health);
        this.store = parts.room().store();
    }

    /**
     * Before anything is read.
     *
     * @return how far a former life of this server was; null where all is to be read
     */
    @Nullable
    Progress begin() {
        known.offerUnpublished();
        return known.before();
    }

    /** The topic is read from its beginning, and nothing is known of what it holds. */
    void otherTopic() {
        caughtUp = false;
        outbox.forgetTopic();
        known.offerAll();
    }

    /** From now on the topic is known up to its end. */
    void live() {
        if (!caughtUp) {
            caughtUp = true;
            known.overwriteForgotten();
        }
        outbox.live(true);
    }

    /** The topic is not read any more. */
    void away() {
        outbox.live(false);
    }

    /** Whether all of the topic was taken in, up to where it was read. */
    boolean isWhole() {
        return caughtUp && !lacks;
    }

    /** Whether something of it was not taken in that would be now: once, and then it is to be read from its beginning. */
    boolean wantsAgain() {
        if (lacks && !parts.room().isFull()) {
            lacks = false;
            caughtUp = false;
            return true;
        }
        return false;
    }

    /** There is something at one offset that cannot be read. */
    void skip(Throwable why) {
        health.skipped.incrementAndGet();
        health.cannotReadAll(words.of(why));
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        health.read.incrementAndGet();
        try {
            if (!taken(record)) {
                health.skipped.incrementAndGet();
            }
        } catch (RuntimeException fault) {
            // It would be met again and again.
            health.skipped.incrementAndGet();
            parts.log().faults().survived(Thread.currentThread().getName(), fault);
        }
    }

    /** False for what no herd has written. */
    private boolean taken(ConsumerRecord<byte[], byte[]> record) {
        RecordKey key = RecordKey.parse(record.key());
        if (key == null) {
            return false;
        }
        boolean own = key.publisher().equals(parts.server());
        boolean mine = own && clashes.isMine(key, record);
        if (record.value() == null) {
            if (own) {
                deleted(key.client(), mine);
            }
            return true;
        }
        Location location = location(record.value(), key.client());
        if (location == null) {
            return false;
        }
        if (caughtUp) {
            clashes.look(key, location, record);
        }
        take(location, own);
        return true;
    }

    /** Where somebody else has deleted it, as if this server were gone for good, it is published again. */
    private void deleted(String client, boolean mine) {
        outbox.seenDeleted(client);
        Location now = mine || !caughtUp ? null : store.find(client);
        if (now != null && now.server().equals(parts.server())) {
            outbox.publish(now);
        }
    }

    private void take(Location location, boolean own) {
        Location before = store.find(location);
        if (!own && before != null && Arrays.equals(before.line(), location.line())) {
            health.duplicates.incrementAndGet();
        }
        boolean fits = parts.intake().test(location);
        if (!fits) {
            lacks = true;
        }
        outbox.seen(location, own);
        if (own && fits && store.find(location) == null) {
            // It has expired, and a former life may not have come to delete it.
            outbox.delete(location);
        } else if (location.isGone()) {
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
