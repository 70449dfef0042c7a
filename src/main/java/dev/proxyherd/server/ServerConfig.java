package dev.proxyherd.server;

import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.topology.ServerAddress;
import java.nio.file.Path;

/** All that one server needs to know. Immutable; another may take its place while the server runs. */
public record ServerConfig(Node node, ServerSettings settings, ServerContext context) {

    /** The same but for what may change while the server runs. */
    ServerConfig with(Node next, ClientLimits limits) {
        return new ServerConfig(next,
                new ServerSettings(settings.secret(), settings.timing(), limits, settings.state(), settings.tls(),
                        settings.tokens(), settings.kafka()),
                context);
    }

    /** The server's name. */
    public ServerName name() {
        return node.name();
    }

    /** Where it accepts connections. */
    public ServerAddress listen() {
        return node.listen();
    }

    /** The server's traffic log. */
    public Path logFile() {
        return file(".log");
    }

    Path journalFile() {
        return file(".journal");
    }

    /** The key and certificate that the server has made itself. */
    Path certificateFile() {
        return file(".pem");
    }

    /** How far the server is with the topic that herds share. */
    Path regionFile() {
        return file(".kafka");
    }

    /** The folder of messages to webhooks. */
    Path outbox() {
        return file(".outbox");
    }

    Path lockFile() {
        return file(".lock");
    }

    /** Which locations are too old to count. */
    Expiry expiry() {
        return new Expiry(settings.state().expireAfter(), settings.state().forgetKeep(), context.clock());
    }

    private Path file(String suffix) {
        return settings.state().dir().resolve("server-" + name() + suffix);
    }
}
