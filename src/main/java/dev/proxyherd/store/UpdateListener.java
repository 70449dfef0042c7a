package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import org.jspecify.annotations.Nullable;

/** Is told of every location that has won against the stored one. */
@FunctionalInterface
public interface UpdateListener {
    /**
     * Runs on the thread of the client or neighbour that brought the location, after the merge: it must not block and not
     * throw. Two updates of one client may come in either order; {@link Location#wins} tells which counts.
     *
     * @param isHeard whether this server has heard it itself, from a client, or was told to forget the client
     * @param fromNeighbour the name of the neighbour that brought it; null when none did: it was heard, or is another herd's
     */
    void updated(Location location, boolean isHeard, @Nullable String fromNeighbour);
}
