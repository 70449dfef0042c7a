package dev.proxyherd.gateway.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** What HTTP clients must show, as bearer or as the password of basic authentication (RFC 6750, RFC 7617). */
public final class Token {
    private final byte[] digest;

    Token(String text) {
        this.digest = digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether an {@code Authorization} header, null if there is none, shows it. */
    boolean isShownBy(String header) {
        String[] words = header == null ? new String[0] : header.strip().split(" +", 2);
        if (words.length < 2) {
            return false;
        }
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> matches(words[1]);
            case "basic" -> matches(password(words[1]));
            default -> false;
        };
    }

    /** The user of basic authentication, a character for each byte; or null. */
    public static String user(Request request) {
        String header = request.header("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return null;
        }
        String pair = decoded(header.substring("basic ".length()).strip());
        int colon = pair.indexOf(':');
        return colon <= 0 ? null : pair.substring(0, colon);
    }

    private static String password(String basic) {
        String pair = decoded(basic);
        return pair.substring(pair.indexOf(':') + 1);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    /** Compares digests, of one length whatever was sent, in constant time. */
    private boolean matches(String token) {
        return MessageDigest.isEqual(digest(token.getBytes(StandardCharsets.ISO_8859_1)), digest);
    }

    private static byte[] digest(byte[] token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
