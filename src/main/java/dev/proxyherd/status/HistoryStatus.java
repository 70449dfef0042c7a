package dev.proxyherd.status;

import org.jspecify.annotations.Nullable;

/**
 * How what a server writes down of every report, in a topic of Kafka's, is.
 *
 * @param topic its name
 * @param queued how many reports have yet to be written
 * @param written how many were, since the server started
 * @param leftOut how many were not, and never will be: there was no room for them in an outage, or Kafka refuses them
 * @param failure what went wrong last, and has not worked since; null when all is well
 */
public record HistoryStatus(String topic, long queued, long written, long leftOut, @Nullable String failure) {
}
