package dev.proxyherd.link.session;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.KeepBudget;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The locations that were sent on a link, in their order, until the neighbour acknowledges them: what it lacks if the link
 * ends. It acknowledges by how many it has taken in. The queue's lock guards it.
 *
 * <p>What goes out before the neighbour is caught up is counted and not kept: all of it must be acknowledged in any case.
 * When the budget is used up all is dropped, and nothing more is kept until something is acknowledged: a neighbour that
 * acknowledges nothing any more, since it has no room, say, costs nothing.
 */
final class Unacknowledged {
    /** A neighbour may acknowledge that nothing has arrived yet. One that does not even do that lacks anything. */
    private static final long NOTHING_SAID = -1;

    private final KeepBudget budget;
    private ArrayDeque<Location> locations = new ArrayDeque<>();
    private long weight;
    private long sent;
    private long acknowledged = NOTHING_SAID;
    private boolean caughtUp;
    private boolean keeps;

    /** Only once so many are acknowledged does this tell all that the neighbour lacks. */
    private long needed;

    /** @param budget bounds what is kept */
    Unacknowledged(KeepBudget budget) {
        this.budget = budget;
    }

    /**
     * A link begins, on which nothing is sent yet.
     *
     * @param caughtUpAlready whether the neighbour has all but what will be sent
     */
    void begin(boolean caughtUpAlready) {
        drop();
        sent = 0;
        acknowledged = caughtUpAlready ? 0 : NOTHING_SAID;
        needed = 0;
        caughtUp = caughtUpAlready;
        keeps = caughtUpAlready;
    }

    private void drop() {
        if (!locations.isEmpty()) {
            locations = new ArrayDeque<>();
            budget.giveBack(weight);
            weight = 0;
        }
    }

    void add(List<Location> more) {
        sent += more.size();
        long added = weight(more);
        if (keeps && budget.take(added)) {
            weight += added;
            locations.addAll(more);
        } else {
            drop();
            keeps = false;
            needed = sent;
        }
    }

    private static long weight(Iterable<Location> some) {
        long sum = 0;
        for (Location location : some) {
            sum += location.weight();
        }
        return sum;
    }

    /** What was sent until now is all that the neighbour lacked. */
    void caughtUp() {
        if (!caughtUp) {
            caughtUp = true;
            keeps = true;
            needed = sent;
        }
    }

    /** The neighbour has taken in the first so many; false if they were never sent. */
    boolean acknowledge(long count) {
        if (count > sent || count < acknowledged) {
            return false;
        }
        long arrived = 0;
        // Of those that were not kept none is here.
        for (long i = Math.max(acknowledged, sent - locations.size()); i < count; i++) {
            arrived += locations.remove().weight();
        }
        budget.giveBack(arrived);
        weight -= arrived;
        keeps |= caughtUp && count > acknowledged;
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

    /** How many were sent and are not acknowledged, whether they are kept or not. */
    long onTheWay() {
        return sent - Math.max(0, acknowledged);
    }

    /** In the order in which they were sent. */
    void forEach(Consumer<Location> action) {
        locations.forEach(action);
    }
}
