/**
 * TLS for sockets: certificates and keys from PEM files or made here, whom to trust, and sets of them that change while
 * the program runs. Links and the line protocol speak
 * TLS 1.3 only, since older versions cannot close one direction alone; HTTPS speaks 1.2, too.
 *
 * <p>Immutable, but for {@link dev.proxyherd.tls.LiveTls}, which any thread asks and a thread of its own renews. It depends on
 * {@code io} only.
 */
@NullMarked
package dev.proxyherd.tls;

import org.jspecify.annotations.NullMarked;
