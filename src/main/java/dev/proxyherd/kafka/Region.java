package dev.proxyherd.kafka;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.KafkaStatus;
import org.jspecify.annotations.Nullable;

/**
 * One server's share in the topic that joins herds: publishes what the servers of its herd have heard, and takes in what is in
 * the topic. It goes on whatever becomes of Kafka. Any thread may call anything, and none waits but the one that closes.
 */
public interface Region extends AutoCloseable {
    /** Begins; once what the journal held is in the store, and this server may tell others of it. Harmless when repeated. */
    void start();

    /**
     * A location has won here, and did not come from the topic.
     *
     * @param fromNeighbour who brought it; null when this server has heard it, or was told to forget
     */
    void heard(Location location, @Nullable String fromNeighbour);

    /** The store has dropped it for its age. */
    void expired(Location location);

    /** How it is. */
    KafkaStatus status();

    /** Publishes what is queued, for some seconds at most where Kafka answers, and ends all threads. */
    @Override
    void close();
}
