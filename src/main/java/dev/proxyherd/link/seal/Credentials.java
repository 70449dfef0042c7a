package dev.proxyherd.link.seal;

import dev.proxyherd.link.handshake.Secret;

/**
 * By what whoever dials servers is known to them, and knows them.
 *
 * @param secret what all servers of the herd share
 * @param sealing lays TLS over connections
 */
public record Credentials(Secret secret, Sealing sealing) {
}
