package dev.proxyherd.gateway.api;

import dev.proxyherd.gateway.index.ClientIndex;
import dev.proxyherd.gateway.index.Feed;
import dev.proxyherd.gateway.index.IndexUnavailableException;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.geo.BoundingBox;
import org.jspecify.annotations.Nullable;

/** What several endpoints are asked for, with what can go wrong as HTTP has it. */
final class Asked {
    private Asked() {
    }

    /**
     * The box in the parameter {@code bbox}; null if there is none.
     *
     * @throws Problem with status 400 if it is no box
     */
    static @Nullable BoundingBox box(Parameters parameters) {
        String text = parameters.get("bbox");
        try {
            return text == null ? null : BoundingBox.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.bad(e.getMessage());
        }
    }

    /**
     * The index of clients, with all in it that was accepted before this call.
     *
     * @throws Problem with status 503 if it cannot be asked yet, or any more
     */
    static ClientIndex index(Feed feed) {
        try {
            return feed.index();
        } catch (IndexUnavailableException e) {
            throw new Problem(503, e.getMessage());
        }
    }
}
