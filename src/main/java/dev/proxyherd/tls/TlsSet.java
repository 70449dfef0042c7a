package dev.proxyherd.tls;

import org.jspecify.annotations.Nullable;

/**
 * What belongs together, and is changed together.
 *
 * @param authorities who must have issued other ends' certificates; null where any is taken
 */
public record TlsSet(Identity identity, @Nullable Authorities authorities) {
}
