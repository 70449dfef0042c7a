package dev.proxyherd.store;

import java.time.Duration;

/** Keeps a store's content beyond the end of the process, and brings it back at the next start. Any thread may ask. */
public interface Durability extends ChangeObserver {
    /**
     * Whether answers wait until what was noted before them is safe. Then one to a report that did not win must not go
     * ahead of the one that did, whose thread may not have noted the client yet.
     */
    boolean isAwaited();

    /** Returns when what was noted before is as safe as it must be before a client may be told, or cannot become so. */
    void awaitSynced();

    /** Whether all that was kept before the start is in the store. */
    boolean isReplayed();

    /** Waits until then, or until the limit has passed. */
    void awaitReplayed(Duration limit);
}
