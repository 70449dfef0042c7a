package dev.proxyherd.mqtt.broker;

/**
 * A message that has come.
 *
 * @param acknowledge tells the broker that it need not come again; any thread, once; harmless after the connection is lost
 */
public record Delivery(String topic, byte[] payload, Runnable acknowledge) {
}
