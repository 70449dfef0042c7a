/**
 * Where places come from: one interface, {@link dev.proxyherd.places.PlacesProvider}, and what it takes, gives and throws.
 * Its rooms, from below: {@code document} checks, cuts and prints documents; {@code upstream} is the way to a provider
 * elsewhere; {@code bundled}, {@code file}, {@code google} and {@code overpass} are the providers; {@code resilience} holds
 * those around a remote one (breaker, one request for identical lookups, cache, fallback); {@code setup} puts them
 * together from the settings and asks them on behalf of clients.
 *
 * <p>A lookup runs on the asking client's own (virtual) thread and blocks it; nothing here waits for another client's
 * lookup, but where two ask the same at the same time and one request serves both. Every lookup ends within its deadline.
 * Files are read on a platform thread of their own.
 *
 * <p>This package holds values and interfaces only, for any thread. It may depend on {@code protocol} and {@code geo}.
 */
@NullMarked
package dev.proxyherd.places;

import org.jspecify.annotations.NullMarked;
