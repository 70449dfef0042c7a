package dev.proxyherd.client;

import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param line the first line without its end: an AT line, or {@code ?} and a copy of the command
 * @param document the places document of a WHATSAT, without the blank line that ends it; else null
 */
public record Answer(String line, @Nullable String document) {

    /** Whether the server found the command invalid. */
    public boolean isInvalid() {
        return line.startsWith("?");
    }
}
