package dev.proxyherd.server;

import dev.proxyherd.places.PlaceLabel;
import dev.proxyherd.places.PlaceLabels;
import dev.proxyherd.places.PlacesException;
import dev.proxyherd.places.bundled.BundledPlaces;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The embedded data's names for a server whose places come from elsewhere: loaded when the map first asks for them. */
final class LazyLabels implements PlaceLabels {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable BundledPlaces bundled;

    @Override
    public List<PlaceLabel> largest(double west, double south, double east, double north, int limit)
            throws PlacesException {
        return bundled().largest(west, south, east, north, limit);
    }

    private BundledPlaces bundled() {
        lock.lock();
        try {
            if (bundled == null) {
                bundled = new BundledPlaces();
            }
            return bundled;
        } finally {
            lock.unlock();
        }
    }
}
