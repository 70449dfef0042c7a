package dev.proxyherd.gateway.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may use an HTTP port.
 *
 * @param token what requests must carry, as bearer or as the password of basic authentication; null to ask for none
 * @param open whether an address that others can reach is opened without a token
 * @param origins of pages elsewhere that may use the API, such as {@code https://example.org}; usually none
 * @param hosts names under which the port is reached, beside {@code localhost}, addresses in digits and its own host
 */
public record AccessRules(@Nullable String token, boolean open, List<String> origins, List<String> hosts) {
    /** No token, no pages elsewhere, no further names. */
    public static final AccessRules NONE = new AccessRules(null, false, List.of(), List.of());

    public AccessRules {
        origins = List.copyOf(origins);
        hosts = List.copyOf(hosts);
    }
}
