package dev.proxyherd.mqtt.broker;

/** Takes what comes from a broker, on threads of the library. */
public interface BrokerEvents {
    /** A message has come. One thread calls this, and may be made to wait; the broker then waits too. */
    void received(Delivery message) throws InterruptedException;

    /** The connection is lost; once for each, and after it was made. Must not wait. */
    void lost(String reason);
}
