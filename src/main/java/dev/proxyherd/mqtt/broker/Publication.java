package dev.proxyherd.mqtt.broker;

/**
 * A message to be published, and kept by the broker for those who subscribe later; an empty one ends that.
 *
 * @param expirySeconds after so long the broker drops it; 0 for never
 */
public record Publication(String topic, byte[] payload, long expirySeconds) {
}
