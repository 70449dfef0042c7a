package dev.proxyherd.server;

import dev.proxyherd.journal.Journal;
import dev.proxyherd.kafka.Region;
import dev.proxyherd.link.Links;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.store.Room;
import dev.proxyherd.store.UpdateListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes locations into one server: the store first, which notes them for the journal, then the links. */
final class HerdIntake implements Intake {
    private final Room room;
    private final LocationStore store;
    private final Expiry expiry;
    private final @Nullable Journal journal;
    private final Links links;
    private final List<UpdateListener> listeners = new CopyOnWriteArrayList<>();

    /** Publishes in the topic that herds share; null where none is shared. */
    private volatile @Nullable UpdateListener topic;

    /** @param journal null when none is kept */
    HerdIntake(Room room, Expiry expiry, @Nullable Journal journal, Links links) {
        this.room = room;
        this.store = room.store();
        this.expiry = expiry;
        this.journal = journal;
        this.links = links;
    }

    /** A way in of which one listener is not told: what comes from it must not go back to it. */
    Intake besides(@Nullable UpdateListener listener) {
        return new Intake() {
            @Override
            public boolean take(Location location, @Nullable String fromNeighbour) {
                return HerdIntake.this.take(location, fromNeighbour, listener);
            }

            @Override
            public void settle() {
                HerdIntake.this.settle();
            }
        };
    }

    @Override
    public boolean take(Location location, @Nullable String fromNeighbour) {
        return take(location, fromNeighbour, null);
    }

    /** As {@link #take}, for what is in the topic that herds share: all but the topic are told. */
    boolean takeFromTopic(Location location) {
        return take(location, null, Room.Door.LINK, topic);
    }

    private boolean take(Location location, @Nullable String fromNeighbour, @Nullable UpdateListener untold) {
        return take(location, fromNeighbour, fromNeighbour == null ? Room.Door.REPORT : Room.Door.LINK, untold);
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean take(Location location, @Nullable String fromNeighbour, Room.Door door,
            @Nullable UpdateListener untold) {
        if (expiry.isPast(location)) {
            return true;
        }
        if (!room.admits(location, door)) {
            return false;
        }
        Location taken = store.take(location);
        if (taken == null) {
            if (journal != null && journal.isAwaited() && door == Room.Door.REPORT) {
                store.noteChanged(location);
            }
            return true;
        }
        // First, so that whatever anybody does who has been told of this update comes after it here, too.
        for (UpdateListener listener : listeners) {
            if (listener != untold) {
                listener.updated(taken, door == Room.Door.REPORT, fromNeighbour);
            }
        }
        links.flood(taken, fromNeighbour);
        return true;
    }

    /** From now on what wins, and has not come from there, is published in the topic that herds share. */
    void publishIn(Region shared) {
        UpdateListener publisher = (location, isHeard, fromNeighbour) -> shared.heard(location, fromNeighbour);
        topic = publisher;
        tell(publisher);
    }

    /** From now on the listener is told of what wins. */
    void tell(UpdateListener listener) {
        listeners.add(listener);
    }

    @Override
    public void settle() {
        if (journal != null) {
            journal.awaitSynced();
        }
    }
}
