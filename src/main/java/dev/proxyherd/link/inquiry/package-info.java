/**
 * Questions to a server: about its status and what it holds, and in a role of their own what changes something.
 *
 * <p>The asking thread at one end, the connection's thread at the other. It depends on {@code link.handshake} and
 * {@code link.dial}, and on {@code topology}, {@code log}, {@code io} and {@code protocol}.
 */
@NullMarked
package dev.proxyherd.link.inquiry;

import org.jspecify.annotations.NullMarked;
