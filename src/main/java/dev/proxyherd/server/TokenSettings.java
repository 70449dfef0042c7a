package dev.proxyherd.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What servers ask of clients before they let them do something.
 *
 * @param file of tokens; null where everybody may do everything that they can reach
 * @param clientAuthorities certificates of who issues those that clients in TLS must show, whose common names are tokens'; null
 *     where they show none
 */
public record TokenSettings(@Nullable Path file, @Nullable Path clientAuthorities) {
    /** Nothing is asked for. */
    public static final TokenSettings NONE = new TokenSettings(null, null);
}
