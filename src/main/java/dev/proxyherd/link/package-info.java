/**
 * Links between neighbours: the handshake, the flood, and what keeps both alive.
 *
 * <p>Each server dials each of its neighbours and teaches it over that connection; what it learns comes over the
 * connections that the neighbours dial. An {@link dev.proxyherd.link.OutgoingLink} has a virtual thread that dials and
 * then drains its {@link dev.proxyherd.link.FloodQueue}, and while it is up a second one that reads; an
 * {@link dev.proxyherd.link.IncomingLink} runs on the thread of the accepted connection, with a second one for its
 * heartbeats. It depends on {@code io}, {@code store}, {@code log}, {@code topology} and {@code protocol}.
 */
package dev.proxyherd.link;
