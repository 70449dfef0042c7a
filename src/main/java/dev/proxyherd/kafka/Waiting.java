package dev.proxyherd.kafka;

import dev.proxyherd.protocol.Location;
import org.jspecify.annotations.Nullable;

/** What waits to be written under a server's key for one client. One thread at a time. */
final class Waiting {
    final String client;

    /** In which of the {@link Turns} it was offered. */
    final int turn;

    /** Null where what is there is to be deleted. */
    @Nullable
    Location location;

    /** Whether it erases what is there. */
    boolean overwrites;

    /** When it is due, where it only may be. */
    long deadline;

    Waiting(String client, @Nullable Location location, boolean overwrites, int turn) {
        this.client = client;
        this.location = location;
        this.overwrites = overwrites;
        this.turn = turn;
    }

    /** Becomes what wins of the two, where both are something. */
    void merge(@Nullable Location other) {
        if (location != null && other != null) {
            location = Location.newest(location, other);
        }
    }

    /** Becomes that, unless what it is wins against it. */
    void replace(@Nullable Location other) {
        if (location == null || other == null) {
            location = other;
        } else {
            merge(other);
        }
    }

    /** Whether it is a location, and does not win against that one. */
    boolean isWonBy(Location other) {
        return location != null && !Location.wins(location, other);
    }
}
