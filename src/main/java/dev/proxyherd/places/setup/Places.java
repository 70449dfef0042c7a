package dev.proxyherd.places.setup;

import dev.proxyherd.io.FileReason;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.file.FilePlaces;
import dev.proxyherd.places.google.GoogleLegacyPlaces;
import dev.proxyherd.places.google.GooglePlaces;
import dev.proxyherd.places.overpass.OverpassPlaces;
import dev.proxyherd.places.resilience.BreakerPlaces;
import dev.proxyherd.places.resilience.CachedPlaces;
import dev.proxyherd.places.resilience.CoalescingPlaces;
import dev.proxyherd.places.resilience.FallbackPlaces;
import dev.proxyherd.places.upstream.ApiKey;
import dev.proxyherd.places.upstream.PlacesEnvironment;
import dev.proxyherd.places.upstream.PlacesLimits;
import dev.proxyherd.places.upstream.PlacesSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts a provider together from the settings, and turns any lookup into a document. */
public final class Places {
    /** Where a provider's document comes from. */
    @FunctionalInterface
    interface Source {
        ProviderDocument get() throws PlacesException;
    }

    private Places() {
    }

    /**
     * Opens the provider that the settings choose, with what belongs around it: for a remote one, from the outside in, the
     * fallback, the cache, one request for identical lookups, the breaker.
     *
     * @param settings what the user wants
     * @param bundled makes the provider of the embedded data; called once, and only if it is the provider or the fallback
     * @param environment clocks, randomness and who is told of warnings
     * @return a provider for all threads of the process, to be closed by the caller
     * @throws IllegalArgumentException if the settings cannot work: a key that is missing, a file that cannot be read; the
     *     message is for the user and holds no secrets
     */
    public static PlacesProvider open(PlacesSettings settings, Supplier<? extends PlacesProvider> bundled,
            PlacesEnvironment environment) {
        check(settings.source());
        PlacesProvider chosen = switch (settings.source().kind()) {
            case BUNDLED -> bundled.get();
            case FILE -> new FilePlaces(settings.source(), settings.limits(), environment);
            case GOOGLE, GOOGLE_LEGACY, OVERPASS -> remote(settings, environment);
        };
        boolean second = settings.fallback() && settings.source().kind() != PlacesSource.Kind.BUNDLED;
        return second ? new FallbackPlaces(chosen, bundled.get()) : chosen;
    }

    /**
     * Asks a provider and never fails: what goes wrong becomes a document that says so.
     *
     * @return the document for a client, cut to the query's bound
     */
    public static PlacesDocument answer(PlacesProvider provider, PlacesQuery query) {
        return answer(() -> provider.nearby(query), query.bound());
    }

    static PlacesDocument answer(Source source, int bound) {
        try {
            return PlacesDocument.of(source.get(), bound);
        } catch (PlacesException e) {
            return PlacesDocument.failure(e.status(), e.getMessage());
        } catch (RuntimeException e) {
            return PlacesDocument.failure(Status.UNKNOWN_ERROR,
                    "The places provider failed: " + e.getClass().getSimpleName());
        }
    }

    private static PlacesProvider remote(PlacesSettings settings, PlacesEnvironment environment) {
        PlacesSource source = settings.source();
        PlacesLimits limits = settings.limits();
        if (source.google() && !source.endpoint().getScheme().equalsIgnoreCase("https") && !source.local()) {
            environment.warnings().accept("The places key goes unencrypted to " + source.where());
        }
        PlacesProvider provider = switch (source.kind()) {
            case GOOGLE -> new GooglePlaces(source, limits, environment);
            case GOOGLE_LEGACY -> new GoogleLegacyPlaces(source, limits, environment);
            default -> new OverpassPlaces(source, limits, environment);
        };
        if (settings.breaker().failures() > 0) {
            provider = new BreakerPlaces(provider, settings.breaker(), environment.nanos());
        }
        provider = new CoalescingPlaces(provider, limits);
        boolean cache = settings.cache().ttl().isPositive();
        if (cache && source.google()) {
            environment.warnings().accept("Places from Google are not kept in a cache: its terms forbid it");
        } else if (cache) {
            provider = new CachedPlaces(provider, settings.cache(), environment.nanos());
        }
        return provider;
    }

    private static void check(PlacesSource source) {
        if (source.google() && source.key() == null) {
            throw new IllegalArgumentException(source.kind().title() + " needs a key: set " + ApiKey.VARIABLE
                    + " or name a file with --places-key-file");
        }
        if (source.kind() == PlacesSource.Kind.FILE) {
            String fault = fault(source.requiredFile());
            if (fault != null) {
                throw new IllegalArgumentException("The places file " + source.file() + " cannot be read: " + fault);
            }
        }
    }

    /** Why a file cannot be read; null if it can. */
    private static @Nullable String fault(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return "it is no ordinary file";
        }
        try (InputStream opened = Files.newInputStream(file)) {
            return null;
        } catch (IOException e) {
            return FileReason.of(e);
        }
    }
}
