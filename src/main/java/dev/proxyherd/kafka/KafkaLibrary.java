package dev.proxyherd.kafka;

import dev.proxyherd.log.TrafficLog;
import java.io.IOException;

/** What Kafka's client, once its libraries are loaded, does for the herd. Any thread. */
public interface KafkaLibrary {
    /**
     * Looks at what was given, without asking any broker.
     *
     * @throws IOException if Kafka's client cannot be made of it, or it overrules what the herd must set itself; the message
     *     names the file and the setting
     */
    void check(KafkaSettings settings) throws IOException;

    /** One server's share in the topic; nothing runs before its {@link Region#start}. */
    Region join(KafkaSettings settings, RegionParts parts);

    /** One server's history in a topic of this name; nothing runs before its {@link History#start}. */
    History keep(KafkaSettings settings, String topic, String server, TrafficLog log);

    /**
     * Deletes what a server that is gone for good has left in the topic.
     *
     * @param anyway even if it has published just now
     * @return how many records it was
     * @throws IOException if it cannot be deleted, or the server seems not to be gone; the message says why
     */
    long retire(KafkaSettings settings, String server, boolean anyway) throws IOException, InterruptedException;
}
