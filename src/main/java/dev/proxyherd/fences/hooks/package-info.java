/**
 * Sends crossings to the addresses that fences name, so that none is lost: an outbox on the disk, from which they are delivered
 * at least once, and in order for each fence, signed as Standard Webhooks says (specification 1.0,
 * <a href="https://www.standardwebhooks.com/">standardwebhooks.com</a>).
 *
 * <p>The thread that follows clients puts crossings into the {@link dev.proxyherd.fences.hooks.Outbox}; each fence of which some
 * wait has a virtual thread that delivers them; a platform thread looks after the files once a second. It depends on {@code
 * fences}, {@code io}, {@code log} and {@code protocol}.
 */
@NullMarked
package dev.proxyherd.fences.hooks;

import org.jspecify.annotations.NullMarked;
