package dev.proxyherd.gateway.access;

import dev.proxyherd.gateway.request.BasicCredentials;
import dev.proxyherd.gateway.request.Permission;
import dev.proxyherd.rights.LiveTokens;
import dev.proxyherd.rights.Token;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What tokens let do that HTTP clients show, as bearer or as the password of basic authentication (RFC 6750, RFC 7617). The
 * user beside a password is whoever an app says that its user is: nobody asks whether the token is of that name.
 */
final class ShownTokens {
    private static final String BEARER = "bearer ";

    private final byte @Nullable [] hashOfAll;
    private final @Nullable LiveTokens some;

    /**
     * @param all the one that lets do everything; null for none
     * @param some those that let do less; null for none
     */
    ShownTokens(@Nullable String all, @Nullable LiveTokens some) {
        this.hashOfAll = all == null ? null
                : hash(new String(all.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        this.some = some;
    }

    /** What an {@code Authorization} header lets do, null if there is none; null if that is nothing. */
    @Nullable
    Permission permission(@Nullable String header) {
        LiveTokens live = some;
        if (hashOfAll == null && live == null) {
            return Permission.ALL;
        }
        String shown = shown(header);
        if (shown == null) {
            return null;
        }
        // Of one length whatever was sent, and in constant time.
        if (hashOfAll != null && MessageDigest.isEqual(hash(shown), hashOfAll)) {
            return Permission.ALL;
        }
        Token found = live == null ? null : live.current().shown(shown);
        return found == null || live == null ? null : new Permission(found.rights(), () -> live.holds(found));
    }

    /** The token in an {@code Authorization} header; null if there is none, or no header. */
    static @Nullable String shown(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        if (value.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return value.substring(BEARER.length()).strip();
        }
        BasicCredentials credentials = BasicCredentials.parse(value);
        return credentials == null ? null : credentials.password();
    }

    private static byte[] hash(String token) {
        return Token.hash(token).getBytes(StandardCharsets.US_ASCII);
    }
}
