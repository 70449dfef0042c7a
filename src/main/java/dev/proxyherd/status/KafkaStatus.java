package dev.proxyherd.status;

import org.jspecify.annotations.Nullable;

/**
 * How a server's share in a topic of Kafka's is.
 *
 * @param topic its name
 * @param connected whether the topic is being read
 * @param lagRecords how many records of it have yet to be read
 * @param lagMillis how old the record is that was read last, while some have yet to be read; else 0
 * @param queued how many clients' locations have yet to be published
 * @param published how many records were, since the server started
 * @param read how many records were read
 * @param duplicates how many of them said what this server knew already, its own left out
 * @param skipped how many of them no herd has written, or nobody can read
 * @param failure what went wrong last, and has not worked since; null when all is well
 * @param history of the history that the server keeps; null where it keeps none
 */
public record KafkaStatus(String topic, boolean connected, long lagRecords, long lagMillis, long queued, long published,
        long read, long duplicates, long skipped, @Nullable String failure, @Nullable HistoryStatus history) {

    /** The same with the history's. */
    public KafkaStatus with(@Nullable HistoryStatus other) {
        return new KafkaStatus(topic, connected, lagRecords, lagMillis, queued, published, read, duplicates, skipped,
                failure, other);
    }
}
