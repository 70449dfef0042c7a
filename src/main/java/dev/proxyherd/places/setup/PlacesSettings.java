package dev.proxyherd.places.setup;

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
public record PlacesSettings(PlacesSource source, PlacesLimits limits, Cache cache, Breaker breaker, boolean fallback) {

    /**
     * A short memory of answers. Never used for Google, whose terms forbid keeping its content.
     *
     * @param ttl how long an answer is used again; zero, the default, for no cache; at most 1 h
     * @param entries how many answers are kept at most; 1 to 100,000, by default 1,000 (and 16 MiB in all, whatever this says)
     * @see <a href="https://developers.google.com/maps/documentation/places/web-service/policies">Google's policies</a>
     */
    public record Cache(Duration ttl, int entries) {
        /** No cache. */
        public static final Cache OFF = new Cache(Duration.ZERO, 1_000);

        /** @throws IllegalArgumentException if a value is out of its range */
        public Cache {
            PlacesLimits.check("--places-cache in milliseconds", ttl.toMillis(), 0, 3_600_000);
            PlacesLimits.check("the number of answers to keep", entries, 1, 100_000);
        }
    }

    /**
     * When to stop asking a provider that does not answer.
     *
     * @param failures in a row that open the breaker; 0 for never; by default 10; at most 1,000
     * @param pause how long the provider is then not asked, before one lookup tries again; 10 ms to 60 s, by default 3 s
     */
    public record Breaker(int failures, Duration pause) {
        /** Ten failures, three seconds. */
        public static final Breaker DEFAULT = new Breaker(10, Duration.ofSeconds(3));

        /** @throws IllegalArgumentException if a value is out of its range */
        public Breaker {
            PlacesLimits.check("the number of failures in a row", failures, 0, 1_000);
            PlacesLimits.check("the pause in milliseconds", pause.toMillis(), 10, 60_000);
        }
    }

    /** A provider with all else at its default: no cache, no fallback. */
    public static PlacesSettings of(PlacesSource source) {
        return new PlacesSettings(source, PlacesLimits.defaultsFor(source), Cache.OFF, Breaker.DEFAULT, false);
    }

    /** These settings with other limits. */
    public PlacesSettings with(PlacesLimits other) {
        return new PlacesSettings(source, other, cache, breaker, fallback);
    }

    /** These settings with another cache. */
    public PlacesSettings with(Cache other) {
        return new PlacesSettings(source, limits, other, breaker, fallback);
    }

    /** These settings with another breaker. */
    public PlacesSettings with(Breaker other) {
        return new PlacesSettings(source, limits, cache, other, fallback);
    }

    /** These settings with the embedded data as fallback, or without. */
    public PlacesSettings withFallback(boolean other) {
        return new PlacesSettings(source, limits, cache, breaker, other);
    }
}
