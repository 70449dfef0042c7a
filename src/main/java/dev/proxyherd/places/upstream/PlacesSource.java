package dev.proxyherd.places.upstream;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which provider answers, and where it is.
 *
 * @param kind the provider
 * @param file the user's own places; null unless the kind is FILE
 * @param url the whole endpoint URL, http or https, without the parameters of a lookup; null for bundled and file
 * @param key the provider's key; null where none is needed
 */
public record PlacesSource(Kind kind, @Nullable Path file, @Nullable URI url, @Nullable ApiKey key) {

    private static final int MAX_PORT = 65_535;

    /** The providers there are, by the word that chooses them. */
    public enum Kind {
        BUNDLED("bundled", "The embedded places", null),
        GOOGLE("google", "Google Places", "https://places.googleapis.com/v1/places:searchNearby"),
        GOOGLE_LEGACY("google-legacy", "Google Places (legacy)",
                "https://maps.googleapis.com/maps/api/place/nearbysearch/json"),
        OVERPASS("overpass", "Overpass", "https://overpass-api.de/api/interpreter"),
        FILE("file:PATH", "The places file", null);

        private final String word;
        private final String title;
        private final @Nullable String url;

        Kind(String word, String title, @Nullable String url) {
            this.word = word;
            this.title = title;
            this.url = url;
        }

        /** How messages name it. */
        public String title() {
            return title;
        }

        /** Whether it is asked over the network. */
        public boolean remote() {
            return url != null;
        }
    }

    /**
     * Reads {@code --places}: bundled, google, google-legacy, overpass or file:PATH.
     *
     * @throws IllegalArgumentException if it is none of these, with the choice there is
     */
    public static PlacesSource parse(String word) {
        if (word.startsWith("file:") && word.length() > "file:".length()) {
            return new PlacesSource(Kind.FILE, Path.of(word.substring("file:".length())), null, null);
        }
        for (Kind kind : Kind.values()) {
            if (kind.word.equals(word) && kind != Kind.FILE) {
                return new PlacesSource(kind, null, kind.url == null ? null : URI.create(kind.url), null);
            }
        }
        throw new IllegalArgumentException("--places " + word + ": there is no such provider; there are "
                + Arrays.stream(Kind.values()).map(kind -> kind.word).collect(Collectors.joining(", ")));
    }

    /**
     * The same provider at another endpoint ({@code --places-url}).
     *
     * @throws IllegalArgumentException if the provider has no endpoint or this is no http or https URL that can be
     *     asked
     */
    public PlacesSource at(URI endpoint) {
        if (!kind.remote()) {
            throw new IllegalArgumentException(
                    "The provider " + kind.word + " is not asked over the network; it takes no URL");
        }
        String scheme = String.valueOf(endpoint.getScheme());
        if ((!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) || endpoint.getHost() == null) {
            throw new IllegalArgumentException("The places URL must begin with http:// or https:// and name a host");
        }
        if (endpoint.getPort() == 0 || endpoint.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("The port of the places URL must be 1 to " + MAX_PORT);
        }
        if (endpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("The places URL must not hold a #, which no server is sent; write %23");
        }
        return new PlacesSource(kind, file, endpoint, key);
    }

    /** The same provider with a key; null for none. Providers that need no key do not send it. */
    public PlacesSource with(@Nullable ApiKey otherKey) {
        return new PlacesSource(kind, file, url, otherKey);
    }

    /** Whether it is one of Google's, which need a key and forbid keeping what they answer. */
    public boolean google() {
        return kind == Kind.GOOGLE || kind == Kind.GOOGLE_LEGACY;
    }

    /** The endpoint of a remote provider. */
    public URI endpoint() {
        return Objects.requireNonNull(url, "a provider that is not asked over the network has no endpoint");
    }

    /** The key of a provider that needs one; {@code Places.open} has seen to it that there is one. */
    public ApiKey requiredKey() {
        return Objects.requireNonNull(key, "a provider that needs a key has none");
    }

    /** The user's own places of a provider that reads them. */
    public Path requiredFile() {
        return Objects.requireNonNull(file, "a provider that reads no file has none");
    }

    /** Whether the endpoint is on this machine. */
    public boolean local() {
        return List.of("localhost", "127.0.0.1", "[::1]").contains(endpoint().getHost().toLowerCase(Locale.ROOT));
    }

    /** Whether this is the public server that the project of the provider runs for everybody. */
    boolean publicServer() {
        return url != null && kind.url != null && URI.create(kind.url).getHost().equalsIgnoreCase(url.getHost());
    }

    /** The endpoint without user information and query, which may hold secrets; the file's path; or the kind's word. */
    public String where() {
        if (kind == Kind.FILE) {
            return requiredFile().toString();
        }
        if (url == null) {
            return kind.word;
        }
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + (url.getRawPath() == null ? "" : url.getRawPath());
    }

    /** The kind and where it is: no key, no query. */
    @Override
    public String toString() {
        return kind.remote() ? kind.word + " at " + where() : kind == Kind.FILE ? "file:" + file : kind.word;
    }
}
