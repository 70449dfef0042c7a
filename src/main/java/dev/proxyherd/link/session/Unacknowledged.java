package dev.proxyherd.link.session;

import dev.proxyherd.protocol.Location;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The locations that were sent on a link, in their order, until the neighbour acknowledges them: what it lacks if the link
 * ends. It acknowledges by how many it has taken in. The queue's lock guards it.
 */
final class Unacknowledged {
    /** A neighbour may acknowledge that nothing has arrived yet. One that does not even do that lacks anything. */
    private static final long NOTHING_SAID = -1;

    private final int most;
    private ArrayDeque<Location> locations = new ArrayDeque<>();
    private long sent;
    private long acknowledged = NOTHING_SAID;
    private boolean caughtUp;

    /** Only once so many are acknowledged does this tell all that the neighbour lacks. */
    private long needed;

    /** @param most beyond so many none is kept: they must all be acknowledged before this tells anything again */
    Unacknowledged(int most) {
        this.most = most;
    }

    /**
     * A link begins, on which nothing is sent yet.
     *
     * @param caughtUpAlready whether the neighbour has all but what will be sent
     */
    void begin(boolean caughtUpAlready) {
        locations = new ArrayDeque<>();
        sent = 0;
        acknowledged = caughtUpAlready ? 0 : NOTHING_SAID;
        needed = 0;
        caughtUp = caughtUpAlready;
    }

    void add(Location location) {
        sent++;
        locations.add(location);
        if (locations.size() > most) {
            locations = new ArrayDeque<>();
            needed = sent;
        }
    }

    /** What was sent until now is all that the neighbour lacked. */
    void caughtUp() {
        if (!caughtUp) {
            caughtUp = true;
            needed = sent;
        }
    }

    /** The neighbour has taken in the first so many; false if they were never sent. */
    boolean acknowledge(long count) {
        if (count > sent || count < acknowledged) {
            return false;
        }
        // Of those that were not kept none is here.
        for (long i = Math.max(acknowledged, sent - locations.size()); i < count; i++) {
            locations.remove();
        }
        acknowledged = count;
        return true;
    }

    /** Whether the neighbour lacks nothing else, as far as it was told here. */
    boolean isWhole() {
        return caughtUp && acknowledged >= needed;
    }

    /** Whether all that the neighbour lacked is sent. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    int size() {
        return locations.size();
    }

    /** In the order in which they were sent. */
    void forEach(Consumer<Location> action) {
        locations.forEach(action);
    }
}
