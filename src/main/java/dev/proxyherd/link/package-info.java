/**
 * All links of one server: wires a {@link dev.proxyherd.link.session.Neighbour} for each name in the topology, floods to
 * them, and hands accepted connections that begin a handshake to the right one.
 *
 * <p>Any thread floods and asks how links are; the thread of an accepted connection serves it. The room stands on its inner
 * rooms, from top to bottom: {@code session}; {@code resync} and {@code inquiry}; {@code handshake} and {@code dial}. It
 * depends on {@code status}, {@code store}, {@code topology}, {@code log}, {@code io} and {@code protocol}.
 */
@NullMarked
package dev.proxyherd.link;

import org.jspecify.annotations.NullMarked;
