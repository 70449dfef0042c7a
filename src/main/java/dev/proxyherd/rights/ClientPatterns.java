package dev.proxyherd.rights;

import dev.proxyherd.store.ClientPattern;
import java.util.Collection;
import java.util.List;
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
        this.all = texts.stream().anyMatch(text -> text.replace("*", "").isEmpty());
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

    /**
     * Whether there could be a client that is meant by one of these and by that pattern, too; takes no longer than the product of
     * the patterns' lengths.
     */
    public boolean couldMeet(ClientPattern other) {
        return texts.stream().anyMatch(text -> couldMeet(text, other.text()));
    }

    /** From the ends backwards: whether what is left of the one and of the other means something in common. */
    private static boolean couldMeet(String one, String other) {
        boolean[] later = new boolean[other.length() + 1];
        for (int i = one.length(); i >= 0; i--) {
            boolean[] now = new boolean[other.length() + 1];
            for (int j = other.length(); j >= 0; j--) {
                boolean oneEnds = i == one.length();
                boolean otherEnds = j == other.length();
                if (oneEnds && otherEnds) {
                    now[j] = true;
                } else if (!oneEnds && one.charAt(i) == '*') {
                    now[j] = later[j] || (!otherEnds && now[j + 1]);
                } else if (!otherEnds && other.charAt(j) == '*') {
                    now[j] = now[j + 1] || (!oneEnds && later[j]);
                } else {
                    now[j] = !oneEnds && !otherEnds && later[j + 1] && isLike(one.charAt(i), other.charAt(j));
                }
            }
            later = now;
        }
        return later[0];
    }

    private static boolean isLike(char one, char other) {
        return one == other || one == '?' || other == '?';
    }

    /** What the patterns begin with before their first wildcard: every client that is meant begins with one of these. */
    public Set<String> beginnings() {
        return texts.stream().map(ClientPatterns::beginning).collect(Collectors.toUnmodifiableSet());
    }

    private static String beginning(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '*' && text.charAt(end) != '?') {
            end++;
        }
        return text.substring(0, end);
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
        return texts.hashCode();
    }

    @Override
    public String toString() {
        return String.join(" ", texts());
    }
}
