/**
 * Certificates and keys from PEM files or made here, whom to trust, and sets of them that change while the program runs;
 * {@code tls.sockets} lays TLS over sockets with them.
 *
 * <p>Immutable, but for {@link dev.proxyherd.tls.LiveTls}, which any thread asks and a thread of its own renews. It depends on
 * {@code io} only.
 */
@NullMarked
package dev.proxyherd.tls;

import org.jspecify.annotations.NullMarked;
