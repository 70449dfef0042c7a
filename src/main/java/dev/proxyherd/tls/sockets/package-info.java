/**
 * TLS over sockets that are open already: with any certificate at the other end, which links check afterwards, or with one that
 * a client trusts. Links and the line protocol speak TLS 1.3 only, since older versions cannot close one direction alone;
 * HTTPS speaks 1.2, too.
 *
 * <p>The connection's thread. It depends on {@code tls} and {@code io}.
 */
@NullMarked
package dev.proxyherd.tls.sockets;

import org.jspecify.annotations.NullMarked;
