package dev.proxyherd.server;

import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.document.DocumentScanner;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A provider that does what a test says. */
public record StubPlaces(Lookup lookup) implements PlacesProvider {

    /** What it does when it is asked. */
    @FunctionalInterface
    public interface Lookup {
        byte[] nearby(PlacesQuery query) throws PlacesException;
    }

    /** Always gives this document. */
    public static StubPlaces giving(String document) {
        return new StubPlaces(query -> document.getBytes(StandardCharsets.UTF_8));
    }

    /** A document in the provider's style, with this many results and no newline at its end. */
    public static String document(int results) {
        String list = IntStream.rangeClosed(1, results)
                .mapToObj(i -> "      {\n         \"name\" : \"Place " + i + "\"\n      }")
                .collect(Collectors.joining(",\n"));
        return "{\n   \"html_attributions\" : [],\n   \"results\" : [" + (results == 0 ? "" : "\n" + list + "\n   ")
                + "],\n   \"status\" : \"" + (results == 0 ? "ZERO_RESULTS" : "OK") + "\"\n}";
    }

    @Override
    public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
        return DocumentScanner.scan(lookup.nearby(query));
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
