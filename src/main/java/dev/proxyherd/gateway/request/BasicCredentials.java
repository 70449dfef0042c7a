package dev.proxyherd.gateway.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What basic authentication shows (RFC 7617).
 *
 * @param user a character for each byte; empty where there is none
 * @param password likewise
 */
public record BasicCredentials(String user, String password) {
    private static final String SCHEME = "basic ";

    /**
     * Reads an {@code Authorization} header.
     *
     * @return null if there is no header, or it is of another scheme
     */
    public static @Nullable BasicCredentials parse(@Nullable String header) {
        if (header == null || !header.strip().toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return null;
        }
        String pair = decoded(header.strip().substring(SCHEME.length()).strip());
        int colon = pair.indexOf(':');
        return new BasicCredentials(colon < 0 ? "" : pair.substring(0, colon), pair.substring(colon + 1));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
