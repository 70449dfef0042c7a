/**
 * Asks all servers of a topology, over the read-only role of the handshake, how they are and what they hold; and has them
 * forget clients, over the role for changes.
 *
 * <p>Each server is asked on a thread of its own; whoever asks waits for all of them. It depends on {@code link.inquiry}
 * and {@code status}, and on no server of this process.
 */
@NullMarked
package dev.proxyherd.server.survey;

import org.jspecify.annotations.NullMarked;
