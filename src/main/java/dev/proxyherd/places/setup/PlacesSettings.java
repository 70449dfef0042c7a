package dev.proxyherd.places.setup;

import dev.proxyherd.places.resilience.BreakerSettings;
import dev.proxyherd.places.resilience.CacheSettings;
import dev.proxyherd.places.upstream.PlacesLimits;
import dev.proxyherd.places.upstream.PlacesSource;
import java.time.Duration;

/**
 * All that a user can say about places.
 *
 * @param source which provider
 * @param limits how much of the network and of time its lookups may take; unused for bundled places but for the deadline
 * @param cache how long answers are kept
 * @param breaker when a dead provider is left in peace
 * @param fallback whether the embedded data answer when the provider fails ({@code --places-fallback bundled})
 */
public record PlacesSettings(PlacesSource source, PlacesLimits limits, CacheSettings cache, BreakerSettings breaker,
        boolean fallback) {

    /** A provider with all else at its default: no cache, no fallback. */
    public static PlacesSettings of(PlacesSource source) {
        return new PlacesSettings(source, PlacesLimits.defaultsFor(source), CacheSettings.OFF, BreakerSettings.DEFAULT,
                false);
    }

    /** These settings with other limits. */
    public PlacesSettings with(PlacesLimits other) {
        return new PlacesSettings(source, other, cache, breaker, fallback);
    }

    /** These settings with another cache. */
    public PlacesSettings with(CacheSettings other) {
        return new PlacesSettings(source, limits, other, breaker, fallback);
    }

    /** These settings with answers kept for so long; zero for no cache. */
    public PlacesSettings cachedFor(Duration ttl) {
        return with(new CacheSettings(ttl, cache.entries()));
    }

    /** These settings with another breaker. */
    public PlacesSettings with(BreakerSettings other) {
        return new PlacesSettings(source, limits, cache, other, fallback);
    }

    /** These settings with the embedded data as fallback, or without. */
    public PlacesSettings withFallback(boolean other) {
        return new PlacesSettings(source, limits, cache, breaker, other);
    }
}
