/**
 * Where places come from: one interface, {@link dev.proxyherd.places.PlacesProvider}, several providers, and one way of
 * cutting and normalising their documents, {@link dev.proxyherd.places.PlacesDocument}.
 *
 * <p>A lookup runs on the asking client's own (virtual) thread and blocks it; nothing here waits for another client's
 * lookup, but where two ask the same at the same time and one request serves both. Every lookup ends within its deadline.
 * Files are read on a platform thread of their own.
 *
 * <p>The data flows one way: settings choose a provider ({@link dev.proxyherd.places.Places#open}); the provider asks its
 * upstream through one bounded fetcher and gives bytes in the shape of Google Places Nearby Search; the document is cut from
 * those bytes by position. Wrappers (one request for identical lookups, cache, breaker, fallback) are providers themselves.
 *
 * <p>May depend on {@code io}, {@code protocol}, {@code foreign}, {@code java.net.http} and the JSON library; on nothing else
 * of the herd.
 */
package dev.proxyherd.places;
