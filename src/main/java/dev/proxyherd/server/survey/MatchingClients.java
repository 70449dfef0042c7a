package dev.proxyherd.server.survey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a pattern that one server knows.
 *
 * @param ids a character for each byte
 * @param failure why it did not answer, or null
 */
public record MatchingClients(List<String> ids, @Nullable String failure) {
    public MatchingClients {
        ids = List.copyOf(ids);
    }
}
