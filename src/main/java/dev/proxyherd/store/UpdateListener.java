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
     * @param fromNeighbour the neighbour's name, or null when a client or another herd brought it
     */
    void updated(Location location, @Nullable String fromNeighbour);
}
