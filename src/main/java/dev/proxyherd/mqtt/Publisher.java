package dev.proxyherd.mqtt;

import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.mqtt.broker.BrokerConnection;
import dev.proxyherd.mqtt.broker.Publication;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.UpdateListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what this server has heard: any thread tells it, and waits for nothing; the keeper's thread publishes. What others
 * have heard others publish; that a client was forgotten every server does, for any may have published it once.
 */
final class Publisher implements UpdateListener {
    private static final byte[] NOTHING = {};

    private final String prefix;
    private final LocationStore store;
    private final Expiry expiry;
    private final TrafficLog log;
    private final PublishQueue queue = new PublishQueue(PublishQueue.MAX_WAITING);
    private final LongAdder published = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicReference<@Nullable String> lastRefusal = new AtomicReference<>();

    /** The next bucket of the store to look through for forgotten clients that the queue has left out. Of the publishing thread. */
    private int nextBucket = LocationStore.BUCKETS;

    /** @param prefix what topics begin with */
    Publisher(String prefix, LocationStore store, Expiry expiry, TrafficLog log) {
        this.prefix = prefix;
        this.store = store;
        this.expiry = expiry;
        this.log = log;
    }

    @Override
    public void updated(Location location, boolean isHeard, @Nullable String fromNeighbour) {
        if (isHeard || location.isGone()) {
            queue.offer(location);
        }
    }

    /**
     * Publishes on a connection until it is lost.
     *
     * @param live whether the connection is
     */
    void publish(BrokerConnection connection, BooleanSupplier live) throws InterruptedException {
        try {
            Location next = next(live);
            while (next != null) {
                publish(connection, next);
                next = next(live);
            }
        } finally {
            queue.requeue();
        }
    }

    private @Nullable Location next(BooleanSupplier live) throws InterruptedException {
        if (queue.hasLeftOut()) {
            nextBucket = 0;
        }
        while (nextBucket < LocationStore.BUCKETS && queue.isEmpty()) {
            store.bucket(nextBucket).stream().filter(Location::isGone).forEach(queue::offer);
            nextBucket++;
        }
        return queue.take(live);
    }

    private void publish(BrokerConnection connection, Location location) {
        String topic = ClientTopic.of(prefix, location.client());
        if (isOutdated(location)) {
            queue.done(location);
        } else if (topic == null) {
            done(location, "the client's ID is longer than a topic may be");
        } else {
            Publication message = location.isGone() ? new Publication(topic, NOTHING, 0)
                    : new Publication(topic, OwnTracksMessage.of(location), expirySeconds(location));
            connection.publish(message, refusal -> done(location, refusal));
        }
    }

    /** Whether something newer is known, which whoever has heard it publishes, or it has expired while it waited. */
    private boolean isOutdated(Location location) {
        Location known = store.find(location.client());
        return known == null ? !location.isGone() : Location.wins(known, location) || expiry.isPast(known);
    }

    private long expirySeconds(Location location) {
        long cutoff = expiry.cutoffs().locationNanos();
        return cutoff == Cutoffs.NONE.locationNanos() ? 0
                : 1 + Duration.ofNanos(Math.max(0, location.timeNanos() - cutoff)).toSeconds();
    }

    private void done(Location location, @Nullable String refusal) {
        if (refusal == null) {
            published.increment();
        } else {
            refused.increment();
            if (!refusal.equals(lastRefusal.getAndSet(refusal))) {
                log.warn("MQTT: what is known of a client was not published below " + prefix + ": " + refusal);
            }
        }
        queue.done(location);
    }

    /** Has {@link #publish} ask whether the connection is lost. */
    void poke() {
        queue.poke();
    }

    /** Waits until all is published, or the time is up, or the connection lost. */
    void awaitDone(Duration limit, BooleanSupplier live) throws InterruptedException {
        queue.awaitDone(limit.toNanos(), live);
    }

    int waiting() {
        return queue.size();
    }

    long published() {
        return published.sum();
    }

    /** How many the broker has refused, or there was no room for in the queue. */
    long dropped() {
        return refused.sum() + queue.givenUp();
    }
}
