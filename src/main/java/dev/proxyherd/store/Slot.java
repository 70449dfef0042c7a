package dev.proxyherd.store;

import dev.proxyherd.journal.ChangedClients;
import dev.proxyherd.protocol.Location;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Holds one client's newest location; replacing it takes one look-up and no lock. Once it holds null it is out of its
 * bucket, or soon will be, and never used again.
 */
public final class Slot extends AtomicReference<Location> {
    private static final long serialVersionUID = 1L;
    private static final AtomicReferenceFieldUpdater<Slot, Slot> NEXT_CHANGED =
            AtomicReferenceFieldUpdater.newUpdater(Slot.class, Slot.class, "nextChanged");

    /** The next in {@link ChangedClients}; null while this one is not among them. */
    public volatile Slot nextChanged;

    public Slot(Location first) {
        super(first);
    }

    /** Makes this thread the one that adds it to the changed; false when it is there, or another thread is about to. */
    public boolean claim(Slot next) {
        return nextChanged == null && NEXT_CHANGED.compareAndSet(this, null, next);
    }
}
