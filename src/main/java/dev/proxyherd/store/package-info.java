/**
 * What the server knows: every client's newest location, and what merges into it.
 *
 * <p>Any thread may use {@link dev.proxyherd.store.LocationStore}, which never blocks. What keeps it beyond the end of the
 * process is behind {@link dev.proxyherd.store.Durability}; only questions during its replay, and answers where every one must
 * be synced, wait for it. It depends on {@code protocol} only.
 */
@NullMarked
package dev.proxyherd.store;

import org.jspecify.annotations.NullMarked;
