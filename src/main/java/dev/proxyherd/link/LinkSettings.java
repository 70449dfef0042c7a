package dev.proxyherd.link;

import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.seal.Sealing;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.topology.ServerAddress;
import java.security.SecureRandom;
import java.util.Map;

/**
 * What one server's links are made of.
 *
 * @param self this server's name
 * @param neighbours its neighbours' names and where each of them listens
 * @param secret what all servers of the herd know
 * @param sealing says which links are in TLS, and lays it over them
 * @param timing how patient the links are
 * @param random makes the nonces, and the jitter between two tries
 */
public record LinkSettings(String self, Map<String, ServerAddress> neighbours, Secret secret, Sealing sealing,
        LinkTiming timing, SecureRandom random) {
}
