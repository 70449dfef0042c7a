package dev.proxyherd.store;

/** Is told of what changes in a store. */
@FunctionalInterface
public interface ChangeObserver {
    /**
     * The slot has a new location, which it holds already. Runs on the thread that brought the location: it must not block
     * and not throw.
     */
    void note(Slot slot);
}
