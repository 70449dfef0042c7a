package dev.proxyherd.gateway.index;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.UpdateListener;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The clients that the server knows, as these see it; any thread may ask. */
public interface ClientSource {
    /** The client's newest location, or null if none is known. */
    @Nullable
    Location find(String client);

    /** Whether the client was forgotten, and has not reported since; never waits. */
    boolean isForgotten(String client);

    /** How many clients are known. */
    int size();

    /** How many clients are known to have been forgotten. */
    int forgotten();

    /** All locations, in no order, possibly those that have expired, and of clients that were forgotten, too. */
    Iterator<Location> all();

    /** From now on the listener hears of every accepted update, and of clients that are forgotten; called once, when somebody first asks. */
    void subscribe(UpdateListener listener);

    /** Locations of a client time before this, in POSIX nanoseconds, have expired; 0 when none ever does. */
    long cutoffNanos();
}
