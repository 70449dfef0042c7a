package dev.proxyherd.places.resilience;

import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.PlacesQuery;
import dev.proxyherd.places.document.DocumentScanner;
import dev.proxyherd.places.document.DocumentShape;
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
    public byte[] nearby(PlacesQuery query) throws PlacesException {
        PlacesException failure;
        try {
            byte[] body = first.nearby(query);
            DocumentShape shape = DocumentScanner.scan(body, query.bound());
            if (!shape.failed()) {
                return body;
            }
            failure = shape.failureAsException();
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

    private byte[] instead(PlacesQuery query, PlacesException failure) throws PlacesException {
        try {
            return annotated(second.nearby(query),
                    "These places are from the embedded data, for the places provider failed ("
                            + failure.status() + "): " + failure.getMessage());
        } catch (PlacesException secondFailure) {
            throw failure;
        }
    }

    /** The document with one line more in info_messages; all its other bytes stay. */
    private static byte[] annotated(byte[] body, String line) throws PlacesException {
        DocumentShape shape = DocumentScanner.scan(body, 0);
        String quoted = LegacyStyle.quoted(line);
        if (shape.infoMessagesAt() >= 0) {
            return inserted(body, shape.infoMessagesAt(), " " + quoted + (shape.infoMessagesEmpty() ? " " : ","));
        }
        return inserted(body, shape.resultsKeyAt(), "\"info_messages\" : [\n      " + quoted + "\n   ],\n   ");
    }

    private static byte[] inserted(byte[] body, int at, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + text.length());
        out.writeBytes(Arrays.copyOf(body, at));
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write(body, at, body.length - at);
        return out.toByteArray();
    }
}
