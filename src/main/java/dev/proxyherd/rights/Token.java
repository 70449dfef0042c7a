package dev.proxyherd.rights;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token, as those who ask for it know it: by its hash.
 *
 * <p>One round of SHA-256, and no hash that is slow on purpose: that is for passwords, which people choose and others guess.
 * These are 256 random bits, which nobody guesses however fast, and each request has its token hashed.
 *
 * @param hash the SHA-256 of its characters, 64 hexadecimal digits in lower case
 * @param rights what who shows it may do; their name is the token's
 * @param title how the apps of others call who has it, for people; or null
 */
public record Token(String hash, Rights rights, @Nullable String title) {
    /** What a name may be: it stands in MQTT topics, in certificates and in URLs. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** So that people, and what looks for secrets where they should not be, know one when they see it. */
    private static final String PREFIX = "herd_";

    private static final int RANDOM_BYTES = 32;

    /** A new token's characters, of which nobody but who is told them knows. */
    public static String make(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The hash of a token's characters, one for each byte. */
    public static String hash(String token) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether a token may be called so. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether it has the shape of a hash. */
    static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    /** The token's name. */
    public String name() {
        return rights.name();
    }

    /** Without the hash, for logs. */
    @Override
    public String toString() {
        return "token " + name();
    }
}
