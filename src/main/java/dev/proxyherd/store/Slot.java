package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Holds one client's newest location; replacing it takes one look-up and no lock. It is its own key, by the client's ID, which
 * it goes on telling when its location was {@link #drop dropped}; then it is out of its bucket, or soon will be, and never used
 * again.
 *
 * <p>So that a {@link ChangeObserver} need not allocate for each change, slots can be linked into one stack.
 */
public final class Slot implements Comparable<Slot> {
    private static final AtomicReferenceFieldUpdater<Slot, Location> HELD =
            AtomicReferenceFieldUpdater.newUpdater(Slot.class, Location.class, "held");
    private static final AtomicReferenceFieldUpdater<Slot, Slot> NEXT_CHANGED =
            AtomicReferenceFieldUpdater.newUpdater(Slot.class, Slot.class, "nextChanged");

    private volatile Location held;
    private volatile @Nullable Slot nextChanged;

    /** @param first its location; where that is no more than an ID the slot is for looking up others, or ends a stack */
    public Slot(Location first) {
        held = first;
    }

    /** What it holds; null when that was dropped. */
    public @Nullable Location location() {
        Location location = held;
        return location.isIdOnly() ? null : location;
    }

    /** Puts another location of the same client in the place of one; false if it holds that no more. */
    public boolean replace(Location from, Location to) {
        return HELD.compareAndSet(this, from, to);
    }

    /** Drops a location; false if it holds that no more. */
    boolean drop(Location location) {
        return replace(location, location.idOnly());
    }

    /** Makes this thread the one that adds it to the stack; false when it is there, or another thread is about to. */
    public boolean claim(Slot next) {
        return nextChanged == null && NEXT_CHANGED.compareAndSet(this, null, next);
    }

    /** The next in the stack; null while this one is not in it. */
    public @Nullable Slot nextChanged() {
        return nextChanged;
    }

    /** For the thread that has claimed it or, with null, that takes it from the stack. */
    public void setNextChanged(@Nullable Slot next) {
        nextChanged = next;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slot slot && held.compareIds(slot.held) == 0;
    }

    @Override
    public int hashCode() {
        return held.idHash();
    }

    /** By the client's ID: a bucket with many IDs of one hash is a tree. */
    @Override
    public int compareTo(Slot other) {
        return held.compareIds(other.held);
    }
}
