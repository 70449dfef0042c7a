package dev.proxyherd.places.document;

import dev.proxyherd.places.PlacesException;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds where the parts of a Nearby Search document lie, in one pass over its bytes, without building anything. On the
 * path of every WHATSAT, and fed with what others send: total, linear, and with the nesting in {@link JsonSkipper}'s
 * counter instead of on the stack.
 */
public final class DocumentScanner {
    private static final int MAX_STATUS_LENGTH = 64;

    private final byte[] in;
    private final JsonSkipper json;
    private final int bound;
    private final Set<String> seen = new HashSet<>();

    private String status = DocumentShape.NO_STATUS;
    private String errorMessage;
    private int found;
    private int cutFrom;
    private int cutTo;
    private int resultsKeyAt;
    private int infoMessagesAt = -1;
    private boolean infoMessagesEmpty;

    private DocumentScanner(byte[] in, int bound) {
        this.in = in;
        this.json = new JsonSkipper(in);
        this.bound = bound;
    }

    /** Reads the shape of a whole document; PlacesException UNKNOWN_ERROR, with the place and the problem, if malformed. */
    public static DocumentShape scan(byte[] document, int bound) throws PlacesException {
        if (bound < 0) {
            throw new IllegalArgumentException("bound " + bound);
        }
        return new DocumentScanner(document, bound).document();
    }

    private DocumentShape document() throws PlacesException {
        json.expect('{', "the document is no object");
        if (json.peek() == '}') {
            json.expect('}', "");
        } else {
            do {
                member();
            } while (json.another('}'));
        }
        json.end();
        if (!seen.contains("results")) {
            throw json.malformed("there is no results array");
        }
        return new DocumentShape(status, errorMessage, found, Math.min(found, bound), cutFrom, cutTo,
                resultsKeyAt, infoMessagesAt, infoMessagesEmpty, json.newlineRuns());
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
                resultsKeyAt = keyAt;
                results();
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
                }
                json.skipValue();
                infoMessagesEmpty = infoMessagesAt >= 0 && new JsonSkipper(in, infoMessagesAt).peek() == ']';
            }
            default -> json.skipValue();
        }
    }

    /** The positions of the cut: from the end of the last element kept, or just after the bracket, to the end of the last. */
    private void results() throws PlacesException {
        json.expect('[', "results is no array");
        cutFrom = json.at();
        cutTo = cutFrom;
        if (json.peek() == ']') {
            json.expect(']', "");
            return;
        }
        do {
            json.skipValue();
            found++;
            cutTo = json.at();
            if (found <= bound) {
                cutFrom = cutTo;
            }
        } while (json.another(']'));
    }

    private void once(String key) throws PlacesException {
        if (!seen.add(key)) {
            throw json.malformed("the key " + key + " comes twice");
        }
    }

    /** A status goes into the log, so it must be one plain word. */
    private String word(String text) throws PlacesException {
        boolean plain = !text.isEmpty() && text.length() <= MAX_STATUS_LENGTH
                && text.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c == '_');
        if (!plain) {
            throw json.malformed("the status is no status word");
        }
        return text;
    }
}
