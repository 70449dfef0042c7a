/**
 * The links with one neighbour: the flood, the resync at its side, heartbeats, and what keeps both directions alive.
 *
 * <p>Each server dials each of its neighbours and teaches it over that connection; what it learns comes over the
 * connections that the neighbours dial. An {@link dev.proxyherd.link.session.OutgoingLink} has a virtual thread that dials
 * and then drains its {@link dev.proxyherd.link.session.FloodQueue}, and while it is up a second one that reads; an
 * {@link dev.proxyherd.link.session.IncomingLink} runs on the thread of the accepted connection, with a second one for its
 * heartbeats. It depends on {@code link.resync}, {@code link.handshake} and {@code link.dial}, and on {@code status},
 * {@code store}, {@code topology}, {@code log}, {@code io} and {@code protocol}.
 */
@NullMarked
package dev.proxyherd.link.session;

import org.jspecify.annotations.NullMarked;
