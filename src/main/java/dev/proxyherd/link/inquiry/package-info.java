/**
 * Questions about a server's status and what it holds, in the read-only role of the handshake, and what a server is told to
 * change, in the role for that.
 *
 * <p>The asking thread at one end, the connection's thread at the other. It depends on {@code link.handshake} and
 * {@code link.dial}, and on {@code topology}, {@code log}, {@code io} and {@code protocol}.
 */
@NullMarked
package dev.proxyherd.link.inquiry;

import org.jspecify.annotations.NullMarked;
