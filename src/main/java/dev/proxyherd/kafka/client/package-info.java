/**
 * The herd's use of Kafka's own client, the only room that knows its types; {@link dev.proxyherd.kafka.client.KafkaClient} is
 * the way in. It is loaded together with its libraries, which lie beside the jar.
 *
 * <p>Of each {@link dev.proxyherd.kafka.client.KafkaRegion} one platform thread reads the topic and one writes to it, since
 * Kafka's {@code poll} and {@code send} block, in part where they hold a virtual thread's carrier; Kafka's client has threads of
 * its own besides. It depends on {@code kafka}, {@code store}, {@code status}, {@code log} and {@code protocol}.
 */
@NullMarked
package dev.proxyherd.kafka.client;

import org.jspecify.annotations.NullMarked;
