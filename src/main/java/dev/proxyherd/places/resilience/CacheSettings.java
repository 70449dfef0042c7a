package dev.proxyherd.places.resilience;

import dev.proxyherd.places.upstream.PlacesLimits;
import java.time.Duration;

/**
 * A short memory of answers. Never used for Google, whose terms forbid keeping its content.
 *
 * @param ttl how long an answer is used again; zero, the default, for no cache; at most 1 h
 * @param entries how many answers are kept at most; 1 to 100,000, by default 1,000 (and 16 MiB in all, whatever this says)
 * @see <a href="https://developers.google.com/maps/documentation/places/web-service/policies">Google's policies</a>
 */
public record CacheSettings(Duration ttl, int entries) {
    /** No cache. */
    public static final CacheSettings OFF = new CacheSettings(Duration.ZERO, 1_000);

    /** @throws IllegalArgumentException if a value is out of its range */
    public CacheSettings {
        PlacesLimits.check("--places-cache in milliseconds", ttl.toMillis(), 0, 3_600_000);
        PlacesLimits.check("the number of answers to keep", entries, 1, 100_000);
    }
}
