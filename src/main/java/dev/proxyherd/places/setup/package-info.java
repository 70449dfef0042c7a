/**
 * Puts a provider together from the settings, asks it on behalf of clients within a budget of memory, and tells what may be
 * wrong with it.
 *
 * <p>For any thread; a lookup runs on the asking one. The top of the wing: may depend on all of {@code places} and on
 * {@code io}.
 */
@NullMarked
package dev.proxyherd.places.setup;

import org.jspecify.annotations.NullMarked;
