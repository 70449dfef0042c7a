package dev.proxyherd.net;

import java.util.function.Supplier;

/**
 * What all connections that one server accepts are served with.
 *
 * @param limits those that new connections are to have, whenever one begins
 * @param handler does what commands ask for
 * @param links takes over those that neighbours have dialled
 */
public record ClientService(Supplier<ClientLimits> limits, CommandHandler handler, LinkEndpoint links) {
}
