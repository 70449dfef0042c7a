package dev.proxyherd.link.handshake;

import dev.proxyherd.protocol.HelloValues;
import dev.proxyherd.protocol.LinkMessage;
import java.util.Set;

/**
 * What a handshake has settled, as one of its ends sees it. Immutable.
 *
 * @param role what the connection is for
 * @param peer the name that the other end goes by
 * @param nonce the other end's; it begins with its {@link Handshake#incarnation}
 * @param version of the links' language
 * @param abilities those that both ends have
 * @param values what the other end said: a dialler in its first line, an acceptor in its last, where only a dialler that
 *        has proved itself reads it
 */
public record Agreement(LinkMessage.Role role, String peer, String nonce, int version, Set<Ability> abilities,
        HelloValues values) {

    /** Whether what an ability is about may be said. */
    public boolean has(Ability ability) {
        return abilities.contains(ability);
    }
}
