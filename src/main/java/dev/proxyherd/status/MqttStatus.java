package dev.proxyherd.status;

import org.jspecify.annotations.Nullable;

/**
 * How a server's connection with an MQTT broker is.
 *
 * @param broker its URL
 * @param connected whether there is a connection
 * @param reason why there is none, in words; null while there is one
 * @param queued how many clients' locations wait to be published
 * @param taken how many reports were taken in
 * @param refused how many reports were not
 * @param published how many messages the broker has taken
 * @param dropped how many messages were not published: the broker refused them, or there was no room for them in the queue
 */
public record MqttStatus(String broker, boolean connected, @Nullable String reason, int queued, long taken,
        long refused,
        long published, long dropped) {
}
