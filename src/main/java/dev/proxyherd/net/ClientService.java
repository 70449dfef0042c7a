package dev.proxyherd.net;

/**
 * What all connections that one server accepts are served with.
 *
 * @param handler does what commands ask for
 * @param links takes over those that neighbours have dialled
 */
public record ClientService(ClientLimits limits, CommandHandler handler, LinkEndpoint links) {
}
