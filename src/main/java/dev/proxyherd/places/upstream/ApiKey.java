package dev.proxyherd.places.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider's key. Not a record, so that nothing prints it by accident: only the requests to its provider see the text.
 * Immutable.
 */
public final class ApiKey {
    /** The environment variable that holds a key. */
    public static final String VARIABLE = "HERD_PLACES_KEY";
    private static final int MAX_LENGTH = 512;

    private final String text;

    private ApiKey(String text) {
        this.text = text;
    }

    /**
     * A key from its text; white space around it is left out.
     *
     * @param text 1 to 512 printable ASCII characters, no white space among them
     * @param origin where it comes from, for the error message
     * @throws IllegalArgumentException if it cannot be a key; the message does not hold it
     */
    public static ApiKey of(String text, String origin) {
        String key = text.strip();
        if (key.isEmpty() || key.length() > MAX_LENGTH || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("What " + origin + " holds is no key: 1 to " + MAX_LENGTH
                    + " printable ASCII characters without white space");
        }
        return new ApiKey(key);
    }

    /**
     * The key that the environment holds.
     *
     * @return null if the variable is not set or blank
     * @throws IllegalArgumentException if what it holds cannot be a key; the message does not hold it
     */
    public static @Nullable ApiKey fromEnvironment(Map<String, String> environment) {
        String text = environment.get(VARIABLE);
        return text == null || text.isBlank() ? null : of(text, VARIABLE);
    }

    /**
     * A key from a file that holds nothing else.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if what it holds cannot be a key; the message does not hold it
     */
    public static ApiKey fromFile(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(new String(in.readNBytes(2 * MAX_LENGTH), StandardCharsets.UTF_8), "the key file " + file);
        }
    }

    /** The key itself, for a header. */
    public String secret() {
        return text;
    }

    /** The key as part of a URL's query. */
    public String encoded() {
        return URLEncoder.encode(text, StandardCharsets.US_ASCII);
    }

    /** The text with the key, should it hold it, replaced; for whatever an upstream or a library says. */
    public String redact(String said) {
        return said.replace(text, "[key]").replace(encoded(), "[key]");
    }

    /** Says that there is a key, not which. */
    @Override
    public String toString() {
        return "[key]";
    }
}
