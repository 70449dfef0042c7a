package dev.proxyherd.places.document;

import dev.proxyherd.places.DocumentShape;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesProvider;
import dev.proxyherd.places.ProviderDocument;
import dev.proxyherd.places.ResultSpans;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the parts of a Nearby Search document lie, in one pass over its bytes, without building anything. Providers
 * feed it with what others send: total, linear, and with the nesting in {@link JsonSkipper}'s counter instead of on the
 * stack.
 */
public final class DocumentScanner {
    private static final int MAX_STATUS_LENGTH = 64;

    private final byte[] in;
    private final JsonSkipper json;
    private final Set<String> seen = new HashSet<>();

    private String status = DocumentShape.NO_STATUS;
    private @Nullable String errorMessage;
    private @Nullable ResultSpans results;
    private int infoMessagesAt = DocumentShape.NO_INFO_MESSAGES;
    private boolean infoMessagesEmpty;

    private DocumentScanner(byte[] in) {
        this.in = in;
        this.json = new JsonSkipper(in);
    }

    /**
     * Reads a whole document.
     *
     * @param document UTF-8 in the shape of Nearby Search; not copied: never change it from now on
     * @throws PlacesException UNKNOWN_ERROR, with the position and the problem, if it is malformed: no JSON (RFC 8259),
     *     nested too deeply, no {@code results} array, or {@code results} or {@code status} twice, where readers would
     *     differ about which counts
     */
    public static ProviderDocument scan(byte[] document) throws PlacesException {
        return new ProviderDocument(document, new DocumentScanner(document).shape());
    }

    private DocumentShape shape() throws PlacesException {
        json.expect('{', "the document is no object");
        if (!json.closes('}')) {
            do {
                member();
            } while (json.another('}'));
        }
        json.end();
        if (results == null) {
            throw json.malformed("there is no results array");
        }
        return new DocumentShape(status, errorMessage, results, infoMessagesAt, infoMessagesEmpty, json.newlineRuns());
    }

    private void member() throws PlacesException {
        json.peek();
        int keyAt = json.at();
        String key = json.text();
        json.expect(':', "no colon after a key");
        int first = json.peek();
        switch (key) {
            case "results" -> {
                once(key);
                results = results(keyAt);
            }
            case "status" -> {
                once(key);
                status = word(json.text());
            }
            case "error_message" -> {
                once(key);
                errorMessage = json.text();
            }
            case "info_messages" -> {
                once(key);
                if (first == '[') {
                    infoMessagesAt = json.at() + 1;
                    infoMessagesEmpty = new JsonSkipper(in, infoMessagesAt).closes(']');
                }
                json.skipValue();
            }
            default -> json.skipValue();
        }
    }

    private ResultSpans results(int keyAt) throws PlacesException {
        json.expect('[', "results is no array");
        int[] ends = new int[PlacesProvider.MAX_RESULTS + 1];
        int found = 0;
        int end = json.at();
        ends[0] = end;
        if (!json.closes(']')) {
            do {
                json.skipValue();
                end = json.at();
                found++;
                if (found < ends.length) {
                    ends[found] = end;
                }
            } while (json.another(']'));
        }
        return new ResultSpans(keyAt, Arrays.copyOf(ends, Math.min(found + 1, ends.length)), found, end);
    }

    private void once(String key) throws PlacesException {
        if (!seen.add(key)) {
            throw json.malformed("the key " + key + " comes twice");
        }
    }

    /** A status goes into the log, so it must be one plain word. */
    private String word(String text) throws PlacesException {
        boolean plain = !text.isEmpty() && text.length() <= MAX_STATUS_LENGTH
                && text.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == '_');
        if (!plain) {
            throw json.malformed("the status is no status word");
        }
        return text;
    }
}
