package dev.proxyherd.mqtt.broker;

/** An MQTT 5 client library. */
public interface BrokerClient {
    /**
     * Connects to a broker, and waits for that, some seconds at most.
     *
     * @param events is told of what comes; deliveries may come before this returns
     * @throws BrokerException if there is no connection
     */
    BrokerConnection connect(BrokerPlan plan, BrokerEvents events) throws BrokerException, InterruptedException;
}
