package dev.proxyherd.places.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.proxyherd.places.DocumentShape;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.ResultSpans;
import java.util.Arrays;

/**
 * The JSON document of a WHATSAT answer: a provider's bytes with {@code results} cut to the bound and the newlines
 * normalised. It is cut by position and never printed again, so that every byte that stays is as the provider sent it:
 * number spellings, escapes, white space, key order. Immutable; {@link #of} is a pure function and may run on any thread.
 */
public final class PlacesDocument {
    private final byte[] bytes;
    private final String status;
    private final int results;

    private PlacesDocument(byte[] bytes, String status, int results) {
        this.bytes = bytes;
        this.status = status;
        this.results = results;
    }

    /**
     * Cuts a provider's document to the bound, then makes every run of two or more newlines one and drops those at the end.
     *
     * <p>A document that reports a failure is handed on like any other if it has the format's own shape for one: a known
     * status word, an {@code error_message}, no results. Without that shape it is an exception with the same word.
     *
     * @param document is not changed and not kept
     * @param bound how many results to keep, the first ones; 0 to {@link PlacesProvider#MAX_RESULTS}
     */
    public static PlacesDocument of(ProviderDocument document, int bound) throws PlacesException {
        if (bound < 0 || bound > PlacesProvider.MAX_RESULTS) {
            throw new IllegalArgumentException("bound " + bound);
        }
        DocumentShape shape = document.shape();
        if (shape.failed() && !hasFormatsOwnFailure(shape)) {
            throw shape.failureAsException();
        }
        return new PlacesDocument(normalised(document.bytes(), shape, bound), shape.status(),
                shape.results().kept(bound));
    }

    /** Whether clients that know the format know this failure. */
    private static boolean hasFormatsOwnFailure(DocumentShape shape) {
        boolean known = shape.failure().name().equals(shape.status());
        return known && shape.errorMessage() != null && shape.results().found() == 0;
    }

    /**
     * The document of a failed lookup, in the white space style of Nearby Search.
     *
     * @param status the status word it will carry
     * @param message what went wrong, for a person; it must hold no secrets
     */
    public static PlacesDocument failure(PlacesException.Status status, String message) {
        JsonObject document = new JsonObject();
        document.addProperty("error_message", message);
        document.add("html_attributions", new JsonArray());
        document.add("results", new JsonArray());
        document.addProperty("status", status.name());
        return new PlacesDocument(LegacyStyle.print(document), status.name(), 0);
    }

    /** The document without newlines at its end; shared, not copied: never change it. */
    public byte[] bytes() {
        return bytes;
    }

    /** The status word, such as {@code OK}; {@code NONE} if the provider's document has none. */
    public String status() {
        return status;
    }

    /** How many results the document holds. */
    public int results() {
        return results;
    }

    /** The document's status, number of results and size: all that may be logged of it, for providers forbid keeping more. */
    @Override
    public String toString() {
        return status + ", " + results + " results, " + bytes.length + " bytes";
    }

    /**
     * The source without what is cut, its newline runs made one. The byte before the cut ends an element or is a bracket,
     * never a newline, so the cut makes no run that was not there. Other bytes than newlines are always left.
     */
    private static byte[] normalised(byte[] source, DocumentShape shape, int bound) {
        ResultSpans results = shape.results();
        int from = results.cutFrom(bound);
        int to = results.end();
        byte[] out = new byte[source.length - (to - from)];
        int size = out.length;
        if (shape.newlineRuns()) {
            size = squeeze(source, to, source.length, out, squeeze(source, 0, from, out, 0));
        } else {
            System.arraycopy(source, 0, out, 0, from);
            System.arraycopy(source, to, out, from, source.length - to);
        }
        while (out[size - 1] == '\n') {
            size--;
        }
        return size == out.length ? out : Arrays.copyOf(out, size);
    }

    /** Copies [from, to) to the end of what out holds, only the first newline of each run; gives the new size. */
    private static int squeeze(byte[] source, int from, int to, byte[] out, int size) {
        int end = size;
        byte last = 0;
        for (int i = from; i < to; i++) {
            byte b = source[i];
            if (b != '\n' || last != '\n') {
                out[end++] = b;
            }
            last = b;
        }
        return end;
    }
}
