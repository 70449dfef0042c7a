package dev.proxyherd.gateway.index;

import dev.proxyherd.protocol.Location;
import java.util.Iterator;

/** What the server knows, as its clients see it; any thread may ask. */
public interface KnownClients {
    /** The client's newest location, or null if none is known. */
    Location find(String client);

    /** How many clients are known. */
    int size();

    /** All locations, in no order, possibly those that have expired too. */
    Iterator<Location> all();

    /** Locations of a client time before this, in POSIX nanoseconds, have expired; 0 when none ever does. */
    long cutoffNanos();
}
