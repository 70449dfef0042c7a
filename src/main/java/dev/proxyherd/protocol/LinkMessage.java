package dev.proxyherd.protocol;

/**
 * What neighbours say to each other. The first five make the handshake; then AT lines and heartbeats flow.
 *
 * <pre>
 * dialler                               acceptor
 * HERD 1 LINK from to nonce     →
 *                               ←       HERD 1 nonce proof         (or REFUSED reason)
 * PROOF proof                   →
 *                               ←       WELCOME                    (or REFUSED reason)
 * AT … and BEAT                 →
 *                               ←       BEAT
 * </pre>
 */
public sealed interface LinkMessage {

    /** The version of what neighbours say; both ends must speak the same. */
    int VERSION = 1;

    /** The longest line on a link, in bytes: longer than any AT line that a client with the longest line can cause. */
    int MAX_LINE = 66_560;

    /** The dialler names itself and whom it means to reach, and sends a fresh nonce (hexadecimal). */
    record Hello(int version, String from, String to, String nonce) implements LinkMessage {
    }

    /** The acceptor's nonce, and its proof that it holds the secret. */
    record Challenge(int version, String nonce, String proof) implements LinkMessage {
    }

    /** The dialler's proof that it holds the secret. */
    record Proof(String proof) implements LinkMessage {
    }

    /** The link is open. */
    record Welcome() implements LinkMessage {
    }

    /** The link will not be opened, and why, in words. */
    record Refusal(String reason) implements LinkMessage {
    }

    /** A location that the neighbour has accepted. */
    record At(Location location) implements LinkMessage {
    }

    /** The neighbour is alive. */
    record Heartbeat() implements LinkMessage {
    }

    /** No such message; it closes the link. */
    record Unknown() implements LinkMessage {
    }
}
