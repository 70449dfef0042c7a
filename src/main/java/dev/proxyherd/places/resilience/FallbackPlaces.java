package dev.proxyherd.places.resilience;

import dev.proxyherd.places.DocumentShape;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.document.DocumentScanner;
import dev.proxyherd.places.document.LegacyStyle;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Answers from the embedded data when the provider fails, and says so in {@code info_messages}. */
public final class FallbackPlaces implements PlacesProvider {
    private final PlacesProvider first;
    private final PlacesProvider second;

    public FallbackPlaces(PlacesProvider first, PlacesProvider second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public ProviderDocument nearby(PlacesQuery query) throws PlacesException {
        PlacesException failure;
        try {
            ProviderDocument document = first.nearby(query);
            if (!document.shape().failed()) {
                return document;
            }
            failure = document.shape().failureAsException();
        } catch (PlacesException e) {
            failure = e;
        }
        return instead(query, failure);
    }

    @Override
    public void prepare() {
        first.prepare();
        second.prepare();
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }

    private ProviderDocument instead(PlacesQuery query, PlacesException failure) throws PlacesException {
        try {
            return annotated(second.nearby(query),
                    "These places are from the embedded data, for the places provider failed ("
                            + failure.status() + "): " + failure.getMessage());
        } catch (PlacesException secondFailure) {
            throw failure;
        }
    }

    /** The document with one line more in info_messages, so another document; all its other bytes stay. */
    private static ProviderDocument annotated(ProviderDocument document, String line) throws PlacesException {
        DocumentShape shape = document.shape();
        String quoted = LegacyStyle.quoted(line);
        byte[] annotated = shape.infoMessagesAt() == DocumentShape.NO_INFO_MESSAGES
                ? inserted(document.bytes(), shape.results().keyAt(),
                        "\"info_messages\" : [\n      " + quoted + "\n   ],\n   ")
                : inserted(document.bytes(), shape.infoMessagesAt(),
                        " " + quoted + (shape.infoMessagesEmpty() ? " " : ","));
        return DocumentScanner.scan(annotated);
    }

    private static byte[] inserted(byte[] body, int at, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + text.length());
        out.writeBytes(Arrays.copyOf(body, at));
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write(body, at, body.length - at);
        return out.toByteArray();
    }
}
