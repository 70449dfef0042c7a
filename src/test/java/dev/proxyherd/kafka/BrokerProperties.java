package dev.proxyherd.kafka;

import dev.proxyherd.server.FreePorts;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The settings of one broker, with ports of its own on loopback. Its plain listener is for tests, which may do anything
 * there; listeners with a password or in TLS are added by those that are about them.
 */
final class BrokerProperties {
    private final Properties properties = new Properties();
    private final StringBuilder listeners = new StringBuilder();
    private final StringBuilder advertised = new StringBuilder();
    private final StringBuilder protocols = new StringBuilder("CONTROLLER:PLAINTEXT");
    private final int port = FreePorts.next();

    /**
     * @param id which of the cluster's brokers this is, from 1
     * @param controllers the ports on which the cluster's brokers elect their controller, one each
     */
    BrokerProperties(int id, List<Integer> controllers, Path data) {
        int own = controllers.get(id - 1);
        int copies = Math.min(controllers.size(), 3);
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", String.valueOf(id),
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.voters", IntStream.range(0, controllers.size())
                        .mapToObj(i -> i + 1 + "@127.0.0.1:" + controllers.get(i)).collect(Collectors.joining(",")),
                "log.dirs", data.toString(),
                "auto.create.topics.enable", "false",
                "default.replication.factor", String.valueOf(copies),
                "min.insync.replicas", String.valueOf((copies + 1) / 2)));
        properties.putAll(Map.of(
                "offsets.topic.replication.factor", String.valueOf(copies),
                "transaction.state.log.replication.factor", String.valueOf(copies),
                "share.coordinator.state.topic.replication.factor", String.valueOf(copies),
                "group.initial.rebalance.delay.ms", "0",
                "log.cleaner.dedupe.buffer.size", "16777216"));
        listeners.append("CONTROLLER://127.0.0.1:").append(own);
        listen("PLAINTEXT", "PLAINTEXT", port);
        set("inter.broker.listener.name", "PLAINTEXT");
    }

    private void listen(String name, String protocol, int at) {
        String address = name + "://127.0.0.1:" + at;
        listeners.append(',').append(address);
        advertised.append(advertised.isEmpty() ? "" : ",").append(address);
        protocols.append(',').append(name).append(':').append(protocol);
    }

    void set(String key, String value) {
        properties.setProperty(key, value);
    }

    /** The port of the plain listener. */
    int port() {
        return port;
    }

    /**
     * A listener that asks for one of these names and passwords, and lets each do only what it is permitted.
     *
     * @return its port
     */
    int listenWithPasswords(Map<String, String> passwords) {
        int at = FreePorts.next();
        listen("PASSWORD", "SASL_PLAINTEXT", at);
        set("listener.name.password.sasl.enabled.mechanisms", "PLAIN");
        set("listener.name.password.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                        + passwords.entrySet().stream()
                                .map(user -> " user_" + user.getKey() + "=\"" + user.getValue() + '"')
                                .collect(Collectors.joining())
                        + ';');
        set("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        set("super.users", "User:ANONYMOUS");
        return at;
    }

    /** A listener that its clients reach by another port, that of a proxy. */
    void listenBehind(int at, int proxy) {
        listeners.append(",PROXIED://127.0.0.1:").append(at);
        advertised.append(",PROXIED://127.0.0.1:").append(proxy);
        protocols.append(",PROXIED:PLAINTEXT");
    }

    /**
     * A listener in TLS.
     *
     * @param keyStore a file in PEM, the key and then its certificates
     * @return its port
     */
    int listenInTls(Path keyStore) {
        int at = FreePorts.next();
        listen("TLS", "SSL", at);
        set("listener.name.tls.ssl.keystore.type", "PEM");
        set("listener.name.tls.ssl.keystore.location", keyStore.toString());
        return at;
    }

    void write(Path file) throws IOException {
        set("listeners", listeners.toString());
        set("advertised.listeners", advertised.toString());
        set("listener.security.protocol.map", protocols.toString());
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
    }
}
