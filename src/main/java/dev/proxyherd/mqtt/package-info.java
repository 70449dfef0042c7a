/**
 * A server and an MQTT broker: reports of apps in, what this server has heard out.
 *
 * <p>Two virtual threads a server, none of which a client ever waits for: one connects, for ever, and publishes
 * ({@link dev.proxyherd.mqtt.Keeper}); one takes reports in and acknowledges them ({@link dev.proxyherd.mqtt.Receiver}).
 * What the client library does is behind {@code mqtt.broker}. It depends on {@code apps}, {@code rights}, {@code store},
 * {@code status}, {@code log}, {@code io}, {@code tls}, {@code foreign} and {@code protocol}; never on {@code net},
 * {@code link} or {@code gateway}.
 */
@NullMarked
package dev.proxyherd.mqtt;

import org.jspecify.annotations.NullMarked;
