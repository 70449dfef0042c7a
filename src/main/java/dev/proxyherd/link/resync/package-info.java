/**
 * Comparing two stores when a link starts, or when digests differ, and sending what the other lacks.
 *
 * <p>{@link dev.proxyherd.link.resync.Resync} is the end that teaches, {@link dev.proxyherd.link.resync.Replies} the one
 * that is taught; both run on the link's own threads. It depends on {@code store}, {@code io} and {@code protocol}.
 */
@NullMarked
package dev.proxyherd.link.resync;

import org.jspecify.annotations.NullMarked;
