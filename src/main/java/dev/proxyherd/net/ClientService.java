package dev.proxyherd.net;

import dev.proxyherd.io.TlsLayer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all connections that one server accepts are served with.
 *
 * @param limits those that new connections are to have, whenever one begins
 * @param handler does what commands ask for
 * @param links takes over those that neighbours have dialled; null where only clients are served
 * @param tls gives how TLS is laid over each connection from its start; null where bytes pass as they are
 * @param door finds out what whoever connects may do; null where everybody may do everything
 */
public record ClientService(Supplier<ClientLimits> limits, CommandHandler handler, @Nullable LinkEndpoint links,
        @Nullable Supplier<TlsLayer> tls, @Nullable Door door) {
}
