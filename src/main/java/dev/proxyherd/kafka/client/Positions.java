package dev.proxyherd.kafka.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Up to where each partition of a topic has been read and taken in. The reader's thread changes it, any may look. */
final class Positions {
    private final Map<Integer, Long> next = new ConcurrentHashMap<>();

    private volatile int life;

    /** The ID of the topic; null where nothing is known of any. */
    private volatile @Nullable String topic;

    /** As they were kept. */
    void restore(String id, Map<Integer, Long> offsets) {
        next.putAll(offsets);
        topic = id;
    }

    /** Whether they are of this topic, and within what it holds: a topic that lost its end is not the one that was read. */
    boolean fit(String id, Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        return id.equals(topic) && ends.entrySet().stream()
                .allMatch(end -> from(end.getKey(), begins.getOrDefault(end.getKey(), 0L)) <= end.getValue());
    }

    /** From the beginning, of another topic or the same. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // the reader alone adds
    void begin(String id) {
        next.clear();
        life++;
        topic = id;
    }

    /** Where to go on; what a topic has dropped before its first offset nobody can read. */
    long from(TopicPartition part, long first) {
        return Math.max(first, next.getOrDefault(part.partition(), first));
    }

    void set(TopicPartition part, long offset) {
        next.put(part.partition(), offset);
    }

    /** Whether all is read that was there when these were the ends. */
    boolean have(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> next.getOrDefault(end.getKey().partition(), 0L) >= end.getValue());
    }

    /** Of which topic they are; null where of none. */
    @Nullable
    String topic() {
        return topic;
    }

    /** How often they have begun anew. */
    int life() {
        return life;
    }

    /** As they are now. */
    Map<Integer, Long> offsets() {
        return Map.copyOf(next);
    }
}
