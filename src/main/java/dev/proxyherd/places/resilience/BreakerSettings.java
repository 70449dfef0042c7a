package dev.proxyherd.places.resilience;

import dev.proxyherd.places.upstream.PlacesLimits;
import java.time.Duration;

/**
 * When to stop asking a provider that does not answer.
 *
 * @param failures in a row that open the breaker; 0 for never; by default 10; at most 1,000
 * @param pause how long the provider is then not asked, before one lookup tries again; 10 ms to 60 s, by default 3 s
 */
public record BreakerSettings(int failures, Duration pause) {
    /** Ten failures, three seconds. */
    public static final BreakerSettings DEFAULT = new BreakerSettings(10, Duration.ofSeconds(3));

    /** @throws IllegalArgumentException if a value is out of its range */
    public BreakerSettings {
        PlacesLimits.check("the number of failures in a row", failures, 0, 1_000);
        PlacesLimits.check("the pause in milliseconds", pause.toMillis(), 10, 60_000);
    }
}
