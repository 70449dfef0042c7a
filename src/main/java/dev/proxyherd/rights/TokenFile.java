package dev.proxyherd.rights;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of tokens: {@code {"tokens": [{"name": "ann", "sha256": "…", "report": ["ann/*"], "see": ["ann/*", "bob/*"],
 * "admin": false, "title": "Ann"}]}}, of which name and sha256 must be there. Any bytes are read or refused with the place and the mend;
 * what is not known is refused, as whoever wrote it believes that it counts. One use.
 */
public final class TokenFile {
    /** Some ten thousand tokens have a fifth of this. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    /** How many patterns a token may have for one thing. */
    static final int MAX_PATTERNS = 1_000;

    /** The longest pattern, in bytes. */
    static final int MAX_PATTERN_BYTES = 1_024;

    private static final int MAX_TITLE = 100;
    private static final Pattern LINE_AND_COLUMN = Pattern.compile("line \\d+ column \\d+");

    private final Path path;
    private final JsonReader json;

    private TokenFile(Path path, String text) {
        this.path = path;
        this.json = new JsonReader(new StringReader(text));
        json.setStrictness(Strictness.STRICT);
    }

    /**
     * Reads all of a file.
     *
     * @param path for messages
     * @throws IOException if there is a fault in it; the message tells where, and the mend
     */
    public static Tokens parse(Path path, byte[] content) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(path + ": is not UTF-8; save the file as UTF-8", e);
        }
        TokenFile file = new TokenFile(path, text);
        try {
            return file.readAll();
        } catch (FaultException e) {
            throw e;
        } catch (EOFException e) {
            throw file.fault("the file ends too early; is it only half there?");
        } catch (IOException | IllegalStateException | JsonParseException e) {
            throw file.fault("this is no JSON of tokens; mend it, or make the file with: herd token add");
        }
    }

    private Tokens readAll() throws IOException {
        List<Token> tokens = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
            String key = key(keys);
            if (!key.equals("tokens")) {
                throw fault("unknown key '" + key + "'; the only one here is tokens");
            }
            json.beginArray();
            while (json.hasNext()) {
                tokens.add(token(tokens.size()));
            }
            json.endArray();
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw fault("nothing may follow the closing brace; remove it");
        }
        if (keys.isEmpty()) {
            throw fault("the key tokens is missing; without any it is: {\"tokens\": []}");
        }
        try {
            return new Tokens(tokens);
        } catch (IllegalArgumentException e) {
            throw fault(String.valueOf(e.getMessage()));
        }
    }

    private Token token(int index) throws IOException {
        String name = null;
        String hash = null;
        String title = null;
        ClientPatterns report = ClientPatterns.NONE;
        ClientPatterns see = ClientPatterns.NONE;
        boolean admin = false;
        Set<String> keys = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
            String key = key(keys);
            switch (key) {
                case "name" -> name = name();
                case "sha256" -> hash = hash();
                case "report" -> report = patterns(key);
                case "see" -> see = patterns(key);
                case "admin" -> admin = json.nextBoolean();
                case "title" -> title = title();
                default -> throw fault("unknown key '" + key
                        + "' in a token; the keys are name, sha256, report, see, admin, title");
            }
        }
        if (name == null || hash == null) {
            throw fault("token number " + (index + 1) + (name == null ? "" : ", '" + name + "',") + " has no "
                    + (name == null ? "name" : "sha256") + "; add it, or make the token with: herd token add");
        }
        json.endObject();
        return new Token(hash, new Rights(name, report, see, admin), title);
    }

    private String key(Set<String> before) throws IOException {
        String key = json.nextName();
        if (!before.add(key)) {
            throw fault("the key '" + key + "' is there twice; keep one");
        }
        return key;
    }

    private String name() throws IOException {
        String name = text();
        if (!Token.isName(name)) {
            throw fault("'" + name + "' is no name for a token; use 1 to 64 of A-Z a-z 0-9 . _ @ -");
        }
        return name;
    }

    private String hash() throws IOException {
        String hash = text();
        if (!Token.isHash(hash)) {
            throw fault("a sha256 has 64 hexadecimal digits in lower case, as herd token add writes it");
        }
        return hash;
    }

    private String title() throws IOException {
        String title = text();
        String fault = faultOfTitle(title);
        if (fault != null) {
            throw fault(fault);
        }
        return title;
    }

    /** What is wrong with a title, for a person; or null. */
    static @Nullable String faultOfTitle(String title) {
        return title.isBlank() || title.length() > MAX_TITLE || title.chars().anyMatch(Character::isISOControl)
                ? "a title has 1 to " + MAX_TITLE + " characters, on one line"
                : null;
    }

    private ClientPatterns patterns(String key) throws IOException {
        List<String> patterns = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            String text = text();
            String fault = faultOfPattern(text);
            if (fault == null && patterns.size() == MAX_PATTERNS) {
                fault = "there are more than " + MAX_PATTERNS + " patterns under " + key + "; let * stand for many";
            }
            if (fault != null) {
                throw fault(fault);
            }
            patterns.add(bytes(text));
        }
        json.endArray();
        return ClientPatterns.of(patterns);
    }

    /** What is wrong with a pattern of client IDs, for a person; or null. */
    static @Nullable String faultOfPattern(String text) {
        if (text.isEmpty() || bytes(text).length() > MAX_PATTERN_BYTES) {
            return "a pattern has 1 to " + MAX_PATTERN_BYTES + " bytes";
        }
        return text.chars().anyMatch(c -> c == ' ' || (c >= '\t' && c <= '\r'))
                ? "the pattern '" + text + "' has white space, which no ID has; the ID of an app's device has %20 there"
                : null;
    }

    /** What {@link #bytes} was made of. */
    static String text(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** As IDs are kept: a character for each byte of UTF-8. */
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private String text() throws IOException {
        if (json.peek() != JsonToken.STRING) {
            throw fault("here belongs a text in quotes");
        }
        return json.nextString();
    }

    private FaultException fault(String message) {
        Matcher place = LINE_AND_COLUMN.matcher(json.toString());
        String text = path + ": " + (place.find() ? place.group() + ": " : "") + message;
        return new FaultException(text.replaceAll("\\p{Cntrl}", "?"));
    }

    /** A fault whose message says all. */
    private static final class FaultException extends IOException {
        private static final long serialVersionUID = 1L;

        private FaultException(String message) {
            super(message);
        }
    }
}
