package dev.proxyherd.rights;

import dev.proxyherd.store.ClientPattern;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Clients that any of several {@link ClientPattern}s means. Bytes count, as everywhere in the herd: neither cases nor ways of
 * writing a character in Unicode are the same. Immutable; equal where the patterns are, in whatever order.
 */
public final class ClientPatterns {
    /** All clients. */
    public static final ClientPatterns ALL = of(List.of("*"));

    /** No client. */
    public static final ClientPatterns NONE = of(List.of());

    private final Set<String> texts;

    /** Those that mean one client, of which there may be many, cost one look. */
    private final Set<String> single;

    private final List<ClientPattern> wild;
    private final boolean all;

    private ClientPatterns(Set<String> texts) {
        this.texts = texts;
        this.single = texts.stream().filter(text -> !isWild(text)).collect(Collectors.toUnmodifiableSet());
        this.wild = texts.stream().filter(ClientPatterns::isWild).map(ClientPattern::new).toList();
        this.all = texts.stream().anyMatch(text -> text.matches("\\*+"));
    }

    /** @param texts the patterns, a character for each byte */
    public static ClientPatterns of(Collection<String> texts) {
        return new ClientPatterns(Set.copyOf(texts));
    }

    private static boolean isWild(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** Whether the client is meant. */
    public boolean match(String client) {
        if (all || single.contains(client)) {
            return true;
        }
        for (ClientPattern pattern : wild) {
            if (pattern.matches(client)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every client is meant, whatever its ID. */
    public boolean isAll() {
        return all;
    }

    /** The patterns, sorted, a character for each byte. */
    public List<String> texts() {
        return List.copyOf(new TreeSet<>(texts));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientPatterns patterns && texts.equals(patterns.texts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(texts);
    }

    @Override
    public String toString() {
        return String.join(" ", texts());
    }
}
