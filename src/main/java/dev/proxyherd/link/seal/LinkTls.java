package dev.proxyherd.link.seal;

import java.net.InetAddress;

/** Which links are in TLS. TLS is served whatever is chosen, so that a herd can change from one to another. */
public enum LinkTls {
    /** All but those within one machine. */
    AUTO,
    /** All. */
    ALWAYS,
    /** Those that the other end dials in TLS. */
    NEVER;

    /** Whether a link to this address is dialled in TLS. */
    boolean seals(InetAddress reached) {
        return this == ALWAYS || (this == AUTO && !reached.isLoopbackAddress());
    }
}
