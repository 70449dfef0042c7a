/**
 * The way to a provider elsewhere: where it is and with what key, how much may be asked of it, fetching, failing,
 * retrying, waiting.
 *
 * <p>The asking thread waits; the HTTP client has its own threads. May depend on {@code places}, {@code geo} and
 * {@code java.net.http}.
 */
@NullMarked
package dev.proxyherd.places.upstream;

import org.jspecify.annotations.NullMarked;
