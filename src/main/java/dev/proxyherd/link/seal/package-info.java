/**
 * Which links are sealed with TLS, and whether the other end of a sealed one is who it says.
 *
 * <p>The connection's thread at either end. It depends on
 * {@code link.handshake}, {@code tls}, {@code tls.sockets} and {@code io}.
 */
@NullMarked
package dev.proxyherd.link.seal;

import org.jspecify.annotations.NullMarked;
