package dev.proxyherd.kafka;

import dev.proxyherd.protocol.Location;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Clients that wait, first come, first served, each of them counted in its turn. One thread at a time. */
final class WaitingClients {
    private final LinkedHashMap<String, Waiting> all = new LinkedHashMap<>();
    private final Turns turns;

    WaitingClients(Turns turns) {
        this.turns = turns;
    }

    /** Null where the client does not wait. */
    @Nullable
    Waiting get(String client) {
        return all.get(client);
    }

    /** Null where nobody waits. */
    @Nullable
    Waiting first() {
        return all.isEmpty() ? null : all.firstEntry().getValue();
    }

    /** Adds a client that does not wait yet, at the end. */
    Waiting add(String client, @Nullable Location location, boolean overwrites, int turn) {
        Waiting added = new Waiting(client, location, overwrites, turn);
        turns.add(turn);
        all.put(client, added);
        return added;
    }

    /** Lets it begin at the end again. */
    void toEnd(Waiting waiting) {
        all.putLast(waiting.client, waiting);
    }

    /** It waits no more, and nothing of it is left to be done. */
    void drop(String client) {
        Waiting dropped = all.remove(client);
        if (dropped != null) {
            turns.remove(dropped.turn);
        }
    }

    /** The same, unless what waits wins against that. */
    void dropUnlessNewer(Location location) {
        String client = location.client();
        Waiting found = all.get(client);
        if (found != null && found.isWonBy(location)) {
            drop(client);
        }
    }

    /** Takes the first off, which is still to be done; null where nobody waits. */
    @Nullable
    Waiting poll() {
        return all.isEmpty() ? null : all.pollFirstEntry().getValue();
    }

    /** Moves the first to the end of others, where it takes the place of the same client. */
    void moveFirst(WaitingClients to) {
        Waiting first = poll();
        if (first != null) {
            to.drop(first.client);
            to.all.put(first.client, first);
        }
    }

    int size() {
        return all.size();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }
}
