package dev.proxyherd.fences.follow;

import dev.proxyherd.protocol.Location;
import org.jspecify.annotations.Nullable;

/** Where one client stands. The following thread's own, but for what is counted under the lock of its place in the map. */
final class Standing {
    /** How many of its reports are in the queue. While there are any, it stays in the map. */
    int waiting;

    /** Of its reports the newest that was looked at; null if none was. */
    @Nullable
    Location last;

    /** The places of the fences that it is in, in ascending order. */
    int[] inside = Places.NOWHERE;
}
