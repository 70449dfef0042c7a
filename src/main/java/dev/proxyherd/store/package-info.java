/**
 * What the server knows: every client's newest location, in memory and, in the journal, on the disk.
 *
 * <p>Any thread may use {@link dev.proxyherd.store.LocationStore}, which never blocks, and note changes in the
 * {@link dev.proxyherd.store.Journal}, whose files belong to a platform thread of its own; only questions during the
 * replay, and answers where every one must be synced, wait for it. It depends on {@code protocol} only.
 */
package dev.proxyherd.store;
