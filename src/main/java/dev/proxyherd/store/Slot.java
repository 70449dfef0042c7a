package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Holds one client's newest location; replacing it takes one look-up and no lock. Once it holds null it is out of its
 * bucket, or soon will be, and never used again.
 *
 * <p>So that a {@link ChangeObserver} need not allocate for each change, slots can be linked into one stack.
 */
public final class Slot extends AtomicReference<@Nullable Location> {
    private static final long serialVersionUID = 1L;
    private static final AtomicReferenceFieldUpdater<Slot, Slot> NEXT_CHANGED =
            AtomicReferenceFieldUpdater.newUpdater(Slot.class, Slot.class, "nextChanged");

    private volatile @Nullable Slot nextChanged;

    /** @param first null for one that only ends a stack */
    public Slot(@Nullable Location first) {
        super(first);
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
}
