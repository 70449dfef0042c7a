package dev.proxyherd.journal;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.ChangeObserver;
import dev.proxyherd.store.Slot;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The clients whose locations have changed since the journal last looked: a stack that is linked
 * through their slots, so that noting one that is there already costs a look, and any other no memory. Any number of
 * threads may note, and none ever waits for the disk; the journal's thread drains.
 */
final class ChangedClients implements ChangeObserver {
    /** The stack's bottom: a slot that is in the stack always has a next one. */
    private final Slot bottom = new Slot(Location.idOnly(""));

    private final AtomicReference<Slot> top = new AtomicReference<>(bottom);
    private final boolean awaited;

    /** Where answers wait for the drain, whoever finds a client claimed must know that it is in the stack, too. */
    private final ReentrantLock noting = new ReentrantLock();

    /** @param awaited whether answers wait until what was noted before them is drained */
    ChangedClients(boolean awaited) {
        this.awaited = awaited;
    }

    /** Takes what has changed. */
    interface Sink {
        void take(Location location) throws IOException;
    }

    /** Notes that the slot has a new location; whoever calls has put it there before. */
    @Override
    public void note(Slot slot) {
        if (!awaited) {
            claimAndPush(slot);
            return;
        }
        noting.lock();
        try {
            claimAndPush(slot);
        } finally {
            noting.unlock();
        }
    }

    private void claimAndPush(Slot slot) {
        if (slot.claim(bottom)) {
            push(slot);
        }
    }

    private void push(Slot slot) {
        Slot below;
        do {
            below = top.get();
            slot.setNextChanged(below);
        } while (!top.compareAndSet(below, slot));
    }

    /** Gives the newest locations of all that have been noted, and forgets them, even where the sink fails. */
    void drain(Sink to) throws IOException {
        Slot slot = top.getAndSet(bottom);
        try {
            while (!isBottom(slot)) {
                Slot taken = slot;
                slot = release(taken);
                Location location = taken.location();
                if (location != null) {
                    to.take(location);
                }
            }
        } finally {
            while (!isBottom(slot)) {
                slot = release(slot);
            }
        }
    }

    /** A client may have the ID that the bottom has. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isBottom(Slot slot) {
        return slot == bottom;
    }

    /** A slot is released before it is read: what changes after the reading is noted again. */
    private static Slot release(Slot slot) {
        Slot next = Objects.requireNonNull(slot.nextChanged(), "is in the stack");
        slot.setNextChanged(null);
        return next;
    }
}
