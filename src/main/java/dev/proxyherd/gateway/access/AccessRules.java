package dev.proxyherd.gateway.access;

import dev.proxyherd.rights.LiveTokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may use an HTTP port.
 *
 * @param token what lets do everything, shown as bearer or as the password of basic authentication; null for none
 * @param tokens what lets do less, shown likewise; null for none, and without either nothing is asked for
 * @param open whether an address that others can reach is opened without a token
 * @param origins of pages elsewhere that may use the API, such as {@code https://example.org}; usually none
 * @param hosts names under which the port is reached, beside {@code localhost}, addresses in digits and its own host
 */
public record AccessRules(@Nullable String token, @Nullable LiveTokens tokens, boolean open, List<String> origins,
        List<String> hosts) {
    /** No token, no pages elsewhere, no further names. */
    public static final AccessRules NONE = new AccessRules(null, false, List.of(), List.of());

    public AccessRules {
        origins = List.copyOf(origins);
        hosts = List.copyOf(hosts);
    }

    /** With one token for everything, or none. */
    public AccessRules(@Nullable String token, boolean open, List<String> origins, List<String> hosts) {
        this(token, null, open, origins, hosts);
    }

    /** The same, but with these tokens. */
    public AccessRules with(@Nullable LiveTokens others) {
        return new AccessRules(token, others, open, origins, hosts);
    }

    /** Whether something is asked for. */
    public boolean asksForTokens() {
        return token != null || tokens != null;
    }
}
