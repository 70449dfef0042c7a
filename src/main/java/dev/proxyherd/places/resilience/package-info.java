/**
 * What stands around a remote provider: breaker, one request for identical lookups, cache, fallback. Each is a provider
 * itself, asks the one within, and relies on the shape of its document instead of reading it again.
 *
 * <p>A lookup runs on the asking client's thread. May depend on {@code places}, {@code places.document},
 * {@code places.upstream} and, for the cache alone, Caffeine.
 */
@NullMarked
package dev.proxyherd.places.resilience;

import org.jspecify.annotations.NullMarked;
