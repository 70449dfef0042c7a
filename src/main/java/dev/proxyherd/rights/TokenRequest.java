package dev.proxyherd.rights;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a new token, in words as people write them.
 *
 * @param report patterns of clients, in UTF-8
 * @param see likewise
 * @param title what apps call who has it, or null
 */
public record TokenRequest(String name, List<String> report, List<String> see, boolean admin,
        @Nullable String title) {

    /** What is wrong with it, for a person; or null. */
    public @Nullable String fault() {
        if (!Token.isName(name)) {
            return "'" + name + "' is no name for a token; use 1 to 64 of A-Z a-z 0-9 . _ @ -";
        }
        List<String> patterns = new ArrayList<>(report);
        patterns.addAll(see);
        for (String pattern : patterns) {
            String fault = TokenFile.faultOfPattern(pattern);
            if (fault != null) {
                return fault;
            }
        }
        return Math.max(report.size(), see.size()) > TokenFile.MAX_PATTERNS
                ? "there are more than " + TokenFile.MAX_PATTERNS + " patterns; let * stand for many"
                : title == null ? null : TokenFile.faultOfTitle(title);
    }

    /** The token, by the hash of its characters. */
    public Token with(String hash) {
        return new Token(hash, new Rights(name, patterns(report), patterns(see), admin), title);
    }

    private static ClientPatterns patterns(List<String> texts) {
        return ClientPatterns.of(texts.stream().map(TokenFile::bytes).toList());
    }
}
