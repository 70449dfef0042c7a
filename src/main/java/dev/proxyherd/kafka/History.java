package dev.proxyherd.kafka;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.HistoryStatus;

/**
 * Every report that one server hears, in a topic for others to read. It goes on whatever becomes of Kafka. Any thread may call
 * anything, and none waits but the one that closes.
 */
public interface History extends AutoCloseable {
    void start();

    /** This server has heard a report, whether it has won or not. */
    void heard(Location report);

    /** How it is. */
    HistoryStatus status();

    /** Writes what is queued, for some seconds at most where Kafka answers, tells what is left, and ends its thread. */
    @Override
    void close();
}
