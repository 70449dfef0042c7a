package dev.proxyherd.mqtt.broker;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection to a broker, good until it is lost; another one is another object. One thread uses it. */
public interface BrokerConnection extends AutoCloseable {
    /** What the broker does not do of all that was asked of it, in words; null when it does all. */
    @Nullable
    String reservations();

    /**
     * Asks for messages, and waits for the broker's word, some seconds at most.
     *
     * @param retained whether to send what the broker has kept of these topics, though it did so before
     * @return the quality of service that is granted, 0 or 1
     * @throws BrokerException if the broker grants nothing
     */
    int subscribe(String filter, boolean retained) throws BrokerException, InterruptedException;

    /**
     * Publishes with quality of service 1, or what the broker grants; waits for nothing.
     *
     * @param done is called on a thread of the library once the broker has answered, with null, or with the reason in words
     *     why it takes no such message; never when the connection is lost before
     */
    void publish(Publication message, Consumer<@Nullable String> done);

    /** Says goodbye, if the other end still listens, and ends. Waits a second at most; tells no event. */
    @Override
    void close();
}
