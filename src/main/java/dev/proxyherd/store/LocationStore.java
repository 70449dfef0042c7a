package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every client's newest location: a last-writer-wins map ordered by {@link Location#wins}. In whatever order, and
 * however often, the same locations are merged into two stores, both end with the same content. Safe for any number of
 * threads; it never blocks.
 */
public final class LocationStore {
    private final ConcurrentHashMap<String, Location> locations = new ConcurrentHashMap<>();

    /**
     * Takes a location in if it wins against the one that is stored for its client.
     *
     * @return whether it won; a location that is stored already does not
     */
    public boolean merge(Location location) {
        while (true) {
            Location stored = locations.putIfAbsent(location.client(), location);
            if (stored == null) {
                return true;
            }
            if (!Location.wins(location, stored)) {
                return false;
            }
            if (locations.replace(location.client(), stored, location)) {
                return true;
            }
        }
    }

    /** The client's newest location, or null if none is known. */
    public Location find(String client) {
        return locations.get(client);
    }

    /** How many clients are known. */
    public int size() {
        return locations.size();
    }

    /**
     * All locations, in no order. What is merged while the iteration goes on may or may not show; what was there
     * before, or something newer, does.
     */
    public Iterator<Location> iterator() {
        return locations.values().iterator();
    }
}
