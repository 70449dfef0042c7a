package dev.proxyherd.net;

import org.jspecify.annotations.Nullable;

/**
 * What all connections that one server accepts are served with.
 *
 * @param handler does what commands ask for
 * @param links takes over those that neighbours have dialled; null where only clients are served
 */
public record ClientService(ClientLimits limits, CommandHandler handler, @Nullable LinkEndpoint links) {
}
