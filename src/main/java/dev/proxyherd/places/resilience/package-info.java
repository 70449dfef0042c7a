/**
 * What stands between clients and a remote provider: breaker, cache, one request for identical lookups, fallback.
 * Each is a provider itself.
 *
 * <p>A lookup runs on the asking client's thread.
 */
package dev.proxyherd.places.resilience;
