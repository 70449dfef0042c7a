package dev.proxyherd.cli.options;

import dev.proxyherd.io.FileReason;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.bundled.BundledPlaces;
import dev.proxyherd.places.setup.Places;
import dev.proxyherd.places.setup.PlacesSettings;
import dev.proxyherd.places.upstream.ApiKey;
import dev.proxyherd.places.upstream.PlacesEnvironment;
import dev.proxyherd.places.upstream.PlacesLimits;
import dev.proxyherd.places.upstream.PlacesSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where places come from. */
public final class PlacesOptions {
    /** What stands in when the provider fails. */
    enum Fallback {
        BUNDLED, NONE
    }

    @Option(names = "--places", paramLabel = "PROVIDER", defaultValue = "bundled",
            description = "Where places come from: bundled, google (Places API (New)), google-legacy (Nearby Search), "
                    + "overpass, or file:PATH with places of your own, a GeoNames dump or GeoJSON, gzipped or not "
                    + "(default: ${DEFAULT-VALUE}).")
    private String provider;

    @Option(names = "--places-key-file", paramLabel = "FILE",
            description = "A file with the key for Google (default: the variable HERD_PLACES_KEY).")
    private @Nullable Path keyFile;

    @Option(names = "--places-url", paramLabel = "URL",
            description = "The provider's whole endpoint, instead of its own.")
    private @Nullable URI url;

    @Option(names = "--places-fallback", paramLabel = "PROVIDER", defaultValue = "none",
            description = "bundled: answer from the bundled places when the provider fails, and say so (default: none).")
    private Fallback fallback;

    @Option(names = "--places-deadline", paramLabel = "TIME", defaultValue = "10s",
            description = "How long a lookup may take in all (default: ${DEFAULT-VALUE}).")
    private Duration deadline;

    @Option(names = "--places-in-flight", paramLabel = "N",
            description = "Requests under way at once (default: 64; 2 at the public Overpass server).")
    private @Nullable Integer inFlight;

    @Option(names = "--places-per-second", paramLabel = "N",
            description = "Requests begun in a second (default: no limit; 1 at the public Overpass server).")
    private @Nullable Double perSecond;

    @Option(names = "--places-cache", paramLabel = "TIME", defaultValue = "0s",
            description = "How long an answer is used again; never for Google, whose terms forbid it (default: not).")
    private Duration cache;

    /** Opens the chosen provider, with its fallback. */
    public PlacesProvider open(PrintWriter warnings) throws CliException {
        return open(fallback == Fallback.BUNDLED, warnings);
    }

    /** Opens the chosen provider without its fallback, which would hide what is wrong with it. */
    public PlacesProvider openAlone(PrintWriter warnings) throws CliException {
        return open(false, warnings);
    }

    /** Finds out whether the values can be used, without opening anything but a file with a key. */
    public void check() throws CliException {
        settings(fallback == Fallback.BUNDLED);
    }

    private PlacesProvider open(boolean withFallback, PrintWriter warnings) throws CliException {
        PlacesSettings settings = settings(withFallback);
        try {
            return Places.open(settings, BundledPlaces::new, PlacesEnvironment.system(warning -> {
                warnings.println("herd: warning: " + warning);
                warnings.flush();
            }));
        } catch (IllegalArgumentException e) {
            throw new CliException(e.getMessage());
        }
    }

    private PlacesSettings settings(boolean withFallback) throws CliException {
        PlacesSource source = source();
        try {
            PlacesLimits limits = PlacesLimits.defaultsFor(source).withDeadline(deadline);
            limits = inFlight == null ? limits : limits.withMaxInFlight(inFlight);
            limits = perSecond == null ? limits : limits.withPerSecond(perSecond);
            return PlacesSettings.of(source)
                    .with(limits)
                    .cachedFor(cache)
                    .withFallback(withFallback);
        } catch (IllegalArgumentException e) {
            throw new CliException(e.getMessage());
        }
    }

    /** The provider's name, place and key. */
    public PlacesSource source() throws CliException {
        try {
            PlacesSource source = PlacesSource.parse(provider);
            source = url == null ? source : source.at(url);
            ApiKey key = keyFile == null ? ApiKey.fromEnvironment(System.getenv()) : ApiKey.fromFile(keyFile);
            return key == null ? source : source.with(key);
        } catch (IllegalArgumentException e) {
            throw new CliException(e.getMessage());
        } catch (IOException e) {
            throw new CliException("--places-key-file " + keyFile + " cannot be read: " + FileReason.of(e));
        }
    }
}
