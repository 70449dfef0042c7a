package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server may tell of what it knows: nothing that has expired or was forgotten, and no "unknown" while what was kept is still being
 * replayed, for which a question waits a while.
 */
public final class StoreView {
    private static final Duration REPLAY_LIMIT = Duration.ofSeconds(5);

    private final LocationStore store;
    private final Expiry expiry;
    private final @Nullable Durability durability;

    /** @param durability null when nothing is kept */
    public StoreView(LocationStore store, Expiry expiry, @Nullable Durability durability) {
        this.store = store;
        this.expiry = expiry;
        this.durability = durability;
    }

    /** Whether {@link #find} answers at once. */
    public boolean isReady() {
        return durability == null || durability.isReplayed();
    }

    /** The client's newest location, or null if none is known. */
    public @Nullable Location find(String client) {
        Location location = record(client);
        return location == null || location.isGone() ? null : location;
    }

    /** The same, or that the client was forgotten. */
    public @Nullable Location record(String client) {
        Location location = store.find(client);
        if (location == null && durability != null && !durability.isReplayed()) {
            durability.awaitReplayed(REPLAY_LIMIT);
            location = store.find(client);
        }
        return location == null || expiry.isPast(location) ? null : location;
    }
}
