/**
 * Questions about a server's status and what it holds, in the read-only role of the handshake.
 *
 * <p>The asking thread at one end, the connection's thread at the other.
 */
package dev.proxyherd.link.inquiry;
