package dev.proxyherd.places.setup;

import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.upstream.ApiKey;
import dev.proxyherd.places.upstream.PlacesSource;
import java.util.ArrayList;
import java.util.List;

/** Says in words what is probably wrong when a provider was asked directly and did not answer with places. */
public final class PlacesAdvice {
    private PlacesAdvice() {
    }

    /**
     * What the user may look at, a sentence each; empty if the document is no failure. It holds no key.
     *
     * @param source who was asked
     * @param document what came of it
     */
    public static List<String> words(PlacesSource source, PlacesDocument document) {
        List<String> words = new ArrayList<>();
        switch (document.status()) {
            case "REQUEST_DENIED" -> denied(source, words);
            case "OVER_QUERY_LIMIT" -> words.add(source.google()
                    ? "The key's quota is used up, or its project has no billing account."
                    : "The server wants fewer requests: wait, or ask another server with --places-url.");
            case "INVALID_REQUEST" ->
                    words.add("The server did not understand the request: the URL is probably that of "
                            + "another service. It must be a whole endpoint, with its path.");
            case "UNKNOWN_ERROR" -> words.add(source.kind().remote()
                    ? "The server could not be reached, or what is there does not speak this provider's format: check the URL, "
                            + "a proxy and the network."
                    : "The places could not be read: check the file.");
            default -> {
                return List.of();
            }
        }
        words.add("Asked: " + source + ".");
        return words;
    }

    private static void denied(PlacesSource source, List<String> words) {
        if (!source.google()) {
            words.add("The server lets only some ask it: check the URL.");
            return;
        }
        words.add("The key was refused. Check that " + ApiKey.VARIABLE
                + " or the key file holds a key of the right project, that the "
                + "key's restrictions let this machine use it, and that billing is enabled.");
        words.add(source.kind() == PlacesSource.Kind.GOOGLE
                ? "The project must have \"Places API (New)\" enabled."
                : "The project must have \"Places API\" enabled, which projects made since March 2025 cannot: use google instead.");
    }
}
