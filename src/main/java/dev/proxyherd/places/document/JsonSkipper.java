package dev.proxyherd.places.document;

import com.google.gson.JsonParser;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.PlacesException.Status;
import java.nio.charset.StandardCharsets;

/**
 * Steps over JSON (RFC 8259) in a byte array and says what is wrong with it. Values are checked, not built; nesting is
 * counted, not recursed into, so a hostile body costs time linear in its size and no stack.
 */
final class JsonSkipper {
    /** One bit of {@link #objects} for each level; real documents use seven. */
    static final int MAX_DEPTH = 64;

    private final byte[] in;
    private int at;
    private int depth;
    private long objects;
    private boolean newlineRuns;

    JsonSkipper(byte[] in) {
        this(in, 0);
    }

    JsonSkipper(byte[] in, int at) {
        this.in = in;
        this.at = at;
    }

    /** The position of the next byte to be read. */
    int at() {
        return at;
    }

    /** Steps over white space and gives the byte there, not consumed; -1 at the end. */
    int peek() {
        int i = at;
        byte before = 0;
        while (i < in.length) {
            byte b = in[i];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                at = i;
                return b & 0xff;
            }
            newlineRuns |= b == '\n' && before == '\n';
            before = b;
            i++;
        }
        at = i;
        return -1;
    }

    /** Whether two newlines came next to each other so far; strings can hold none, so it is enough to look between values. */
    boolean newlineRuns() {
        return newlineRuns;
    }

    void expect(char c, String problem) throws PlacesException {
        if (peek() != c) {
            throw malformed(problem);
        }
        at++;
    }

    /** After the opening byte of a container: whether it holds nothing, and then its closing byte is stepped over too. */
    boolean closes(char closing) {
        boolean empty = peek() == closing;
        if (empty) {
            at++;
        }
        return empty;
    }

    /** After a value in a container: true after a comma, false after the closing byte. */
    boolean another(char closing) throws PlacesException {
        int c = peek();
        if (c != ',' && c != closing) {
            throw malformed("neither a comma nor " + closing + " after a value");
        }
        at++;
        return c == ',';
    }

    void end() throws PlacesException {
        if (peek() != -1) {
            throw malformed("something follows the document");
        }
    }

    /** Reads a string, its escapes resolved. */
    String text() throws PlacesException {
        peek();
        int start = at;
        at = JsonScalars.string(in, at);
        String raw = new String(in, start + 1, at - start - 2, StandardCharsets.UTF_8);
        return raw.indexOf('\\') < 0 ? raw : JsonParser.parseString('"' + raw + '"').getAsString();
    }

    /** Steps over one value of any kind, containers with all they hold. */
    void skipValue() throws PlacesException {
        int base = depth;
        do {
            switch (peek()) {
                case '{' -> {
                    open(true);
                    if (peek() != '}') {
                        skipKey();
                        continue;
                    }
                }
                case '[' -> {
                    open(false);
                    if (peek() != ']') {
                        continue;
                    }
                }
                case '"' -> at = JsonScalars.string(in, at);
                case 't' -> at = JsonScalars.word(in, at, "true");
                case 'f' -> at = JsonScalars.word(in, at, "false");
                case 'n' -> at = JsonScalars.word(in, at, "null");
                default -> at = JsonScalars.number(in, at);
            }
            closeUpTo(base);
        } while (depth > base);
    }

    /** After a value: steps out of all that ends here, down to the base, or to the start of the next value. */
    private void closeUpTo(int base) throws PlacesException {
        while (depth > base) {
            boolean object = (objects >>> (depth - 1) & 1) == 1;
            if (another(object ? '}' : ']')) {
                if (object) {
                    skipKey();
                }
                return;
            }
            depth--;
        }
    }

    private void open(boolean object) throws PlacesException {
        if (depth == MAX_DEPTH) {
            throw malformed("nested more than " + MAX_DEPTH + " levels deep");
        }
        long bit = 1L << depth++;
        objects = object ? objects | bit : objects & ~bit;
        at++;
    }

    private void skipKey() throws PlacesException {
        peek();
        at = JsonScalars.string(in, at);
        expect(':', "no colon after a key");
    }

    /** The problem, where the reading has come to. */
    PlacesException malformed(String problem) {
        return malformed(at, problem);
    }

    static PlacesException malformed(int at, String problem) {
        return new PlacesException(Status.UNKNOWN_ERROR,
                "The places provider sent a malformed document: " + problem + " (at byte " + at + ")");
    }
}
