package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import org.jspecify.annotations.Nullable;

/** The one way in for locations, whether a client or a neighbour brings them; safe for any number of threads. */
public interface Intake {
    /**
     * Merges a location and, if it wins, sees that the journal and all neighbours but the one it came from are told.
     * Never waits for a neighbour or the disk. What has expired is passed over.
     *
     * @param fromNeighbour the neighbour's name, or null when a client brought it
     * @return false if there is no {@link Room} for it, so that nothing came of it
     */
    boolean take(Location location, @Nullable String fromNeighbour);

    /** Returns when what was taken before is as safe as it must be before a client may be told. */
    void settle();
}
