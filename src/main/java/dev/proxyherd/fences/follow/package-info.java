/**
 * Follows which fences each client is in, and tells of crossings.
 *
 * <p>Whoever takes a report in asks two things of {@link dev.proxyherd.fences.follow.Following}, neither of which waits: whether the
 * client is in a fence, and whether the report lies in the box of one. Mostly neither is so, and that was all. Else the
 * report goes into a queue, before any neighbour or client hears that it was taken, and one platform thread of the server's,
 * {@code fences}, looks at the shapes. It alone owns where clients stand, and it alone calls listeners, which may write to the
 * disk. Only clients that are in some fence, or wait in the queue, take memory here.
 *
 * <p>Reports of one client count in the order of {@link dev.proxyherd.protocol.Location#wins}: what comes late is passed over. A
 * client that is forgotten or has expired is nowhere, and nothing is told of that; its next report inside is an
 * enter. When the server starts, clients that its journal knows are placed without a word, reports that it heard meanwhile
 * included; when the file changes, those in fences that are new or other than before.
 *
 * <p>It depends on {@code fences}, {@code store}, {@code log} and {@code protocol}.
 */
@NullMarked
package dev.proxyherd.fences.follow;

import org.jspecify.annotations.NullMarked;
