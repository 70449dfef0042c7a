package dev.proxyherd.rights;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All tokens that there are, no two of one name or one hash. Immutable. A look takes the same time however many there are.
 *
 * <p>They are found by the first half of their hash, and compared by all of it in constant time. What the time of a look may
 * tell is of the hash, which tells nothing of a token.
 */
public final class Tokens {
    /** No token at all. */
    public static final Tokens NONE = new Tokens(List.of());

    private static final int HALF = 32;

    private final List<Token> all;
    private final Map<String, Token> byHalf = new HashMap<>();
    private final Map<String, Token> byName = new HashMap<>();

    /** @throws IllegalArgumentException if two have one name or one hash; the message, for a person, names them */
    public Tokens(Collection<Token> all) {
        this.all = List.copyOf(all);
        for (Token token : all) {
            if (byName.put(token.name(), token) != null) {
                throw new IllegalArgumentException("there are two tokens '" + token.name() + "'; keep one");
            }
            Token other = byHalf.put(half(token.hash()), token);
            if (other != null) {
                throw new IllegalArgumentException("'" + other.name() + "' and '" + token.name()
                        + "' have the same sha256; make another for one of them with: herd token add");
            }
        }
    }

    private static String half(String hash) {
        return hash.substring(0, HALF);
    }

    /** All of them, in the order of their file. */
    public List<Token> all() {
        return all;
    }

    /**
     * The one that was shown, or null.
     *
     * @param token what was shown, a character for each byte
     */
    public @Nullable Token shown(String token) {
        String hash = Token.hash(token);
        Token found = byHalf.get(half(hash));
        return found != null && MessageDigest.isEqual(bytes(found.hash()), bytes(hash)) ? found : null;
    }

    /**
     * The one of a name, or null: for whoever has been proved to be of that name in another way than by the token.
     *
     * @param name in the case in which it was given
     */
    public @Nullable Token named(String name) {
        return byName.get(name);
    }

    private static byte[] bytes(String hash) {
        return hash.getBytes(StandardCharsets.US_ASCII);
    }
}
