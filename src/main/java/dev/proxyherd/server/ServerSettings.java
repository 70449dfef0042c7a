package dev.proxyherd.server;

import dev.proxyherd.kafka.KafkaSettings;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.net.ClientLimits;
import dev.proxyherd.server.files.StateSettings;
import org.jspecify.annotations.Nullable;

/**
 * How a server is set; all servers of a process are set alike.
 *
 * @param secret what all servers of the herd share, and nobody else knows
 * @param timing of its links
 * @param limits what it grants its clients
 * @param state what it keeps, and where
 * @param tls what is in TLS, and with which certificates
 * @param tokens what it asks of clients
 * @param kafka how they share a topic with other herds; null where they do not
 */
public record ServerSettings(Secret secret, LinkTiming timing, ClientLimits limits, StateSettings state,
        TlsSettings tls, TokenSettings tokens, @Nullable KafkaSettings kafka) {
}
