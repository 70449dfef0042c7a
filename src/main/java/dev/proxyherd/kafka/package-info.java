/**
 * Joins herds through a topic of Kafka's: what the rest of the program has to do with it, none of which touches Kafka's own
 * types. Those are known to {@code kafka.client} alone, which is loaded with its libraries when the option asks for it.
 *
 * <p>Any thread offers a location to the {@link dev.proxyherd.kafka.Outbox}, and none waits. It depends on {@code protocol},
 * {@code store}, {@code status} and {@code log}.
 */
@NullMarked
package dev.proxyherd.kafka;

import org.jspecify.annotations.NullMarked;
