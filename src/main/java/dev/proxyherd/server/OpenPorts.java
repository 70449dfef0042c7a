package dev.proxyherd.server;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Tells an operator who asks for tokens which ports ask for none, and can be reached from other machines. */
final class OpenPorts {
    private OpenPorts() {
    }

    /** What to say of the port for lines, or null. */
    static @Nullable String lines(ServerConfig config, InetAddress listen) {
        return config.settings().tokens().file() == null || listen.isLoopbackAddress() ? null
                : "anybody who reaches " + config.listen() + " may report and ask for every client: what is said there in lines "
                        + "cannot show a token (--tokens); let a firewall pass only the herd's own machines, and clients come by "
                        + "HTTP, or by --listen-tls with --tls-client-ca";
    }

    /** What to say of the port for clients in TLS, or null. */
    static @Nullable String tls(ServerConfig config, InetAddress listen) {
        TokenSettings tokens = config.settings().tokens();
        return tokens.file() == null || tokens.clientAuthorities() != null || listen.isLoopbackAddress() ? null
                : "anybody who reaches --listen-tls " + config.settings().tls().listen().get(config.name().toString())
                        + " may report and ask for every client, for clients show no certificate there: --tls-client-ca FILE "
                        + "has them show one, whose common name is a token's (--tokens)";
    }
}
