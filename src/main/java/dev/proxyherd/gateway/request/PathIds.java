package dev.proxyherd.gateway.request;

import dev.proxyherd.foreign.ClientIds;
import java.util.Objects;

/** What is percent-encoded in URLs. */
public final class PathIds {
    private PathIds() {
    }

    /**
     * The ID that a part of a URL's path names.
     *
     * @throws Problem with status 400 if the percent-encoding is broken
     */
    public static String fromPath(String encoded) {
        return decode(encoded, false);
    }

    /** As {@link ClientIds#decode}, with a {@link Problem} of status 400 where that is broken. */
    static String decode(String encoded, boolean plusIsSpace) {
        try {
            return ClientIds.decode(encoded, plusIsSpace);
        } catch (IllegalArgumentException e) {
            throw Problem.bad(Objects.requireNonNull(e.getMessage(), "it says what is wrong"));
        }
    }
}
