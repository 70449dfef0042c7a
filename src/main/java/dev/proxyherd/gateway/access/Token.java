package dev.proxyherd.gateway.access;

import dev.proxyherd.gateway.request.BasicCredentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What HTTP clients must show, as bearer or as the password of basic authentication (RFC 6750, RFC 7617). */
final class Token {
    private static final String BEARER = "bearer ";

    private final byte[] digest;

    Token(String text) {
        this.digest = digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether an {@code Authorization} header, null if there is none, shows it. */
    boolean isShownBy(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String shown = header.strip();
        if (shown.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return matches(shown.substring(BEARER.length()).strip());
        }
        BasicCredentials credentials = BasicCredentials.parse(shown);
        return credentials != null && matches(credentials.password());
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
