package dev.proxyherd.fences.follow;

import dev.proxyherd.fences.Fences;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.Position;
import dev.proxyherd.protocol.ServerName;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.LocationStore;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Where clients stand: those that are in some fence, or of which a report waits. A client comes into the map by a report in the
 * box of a fence and leaves it when it is in none and none of its reports waits, both under the lock of its place there.
 *
 * <p>No report is missed: one that finds its client not in the map is in the store by then. Whoever puts the client there looks
 * into the store after that, so it finds the report, or the report has found the client.
 */
final class Standings {
    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final LocationStore store;
    private final Expiry expiry;
    private final ServerName own;
    private final WaitingReports waiting;
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private volatile Fences fences = Fences.NONE;
    private long sweptMillis;

    Standings(LocationStore store, Expiry expiry, ServerName own, WaitingReports waiting) {
        this.store = store;
        this.expiry = expiry;
        this.own = own;
        this.waiting = waiting;
    }

    /** What is followed now. */
    Fences fences() {
        return fences;
    }

    int size() {
        return standings.size();
    }

    /** Where a client stands of which a report waits. The following thread only. */
    Standing of(String client) {
        return Objects.requireNonNull(standings.get(client), "stays while a report waits");
    }

    /** Whether the following thread must look at a report that was stored. Any thread. */
    boolean concern(Location report) {
        if (standings.containsKey(report.client())) {
            return true;
        }
        if (report.isGone()) {
            return false;
        }
        Position position = report.position();
        return fences.index().isNear(position.latitude(), position.longitude());
    }

    /** Has the following thread look at a report that was stored. Any thread. */
    void enqueue(Location report, boolean isHeard) {
        Standing mine = new Standing();
        Standing standing = standings.compute(report.client(), (client, known) -> {
            Standing one = known == null ? mine : known;
            one.waiting++;
            return one;
        });
        Location newest = standing == mine ? store.find(report.client()) : null;
        if (newest != null && Location.wins(newest, report)) {
            waiting.add(newest, isOwn(newest));
        } else {
            waiting.add(report, isHeard);
        }
    }

    private boolean isOwn(Location report) {
        return !report.isGone() && own.toString().equals(report.fields().server());
    }

    /** Reports of a client have been looked at. The following thread only. */
    void release(String client, int reports) {
        standings.computeIfPresent(client, (id, standing) -> {
            standing.waiting -= reports;
            return isNeeded(standing) ? standing : null;
        });
    }

    private static boolean isNeeded(Standing standing) {
        return standing.waiting > 0 || standing.inside.length > 0;
    }

    /** Drops those that have expired, now and then. The following thread only. */
    void sweep() {
        long now = expiry.clock().millis();
        if (!expiry.isOn() || Math.abs(now - sweptMillis) < SWEEP.toMillis()) {
            return;
        }
        sweptMillis = now;
        standings.forEach((client, standing) -> {
            if (standing.last != null && expiry.isPast(standing.last)) {
                standing.inside = Places.NOWHERE;
                release(client, 0);
            }
        });
    }

    /**
     * Follows other fences from now on. In those that are new, or not the same as before, clients are placed where they are, without a
     * word; in the others they stay what they were. The following thread only.
     */
    void change(Fences next) {
        int[] moves = Places.moves(fences, next);
        boolean[] isKept = new boolean[next.areas().size()];
        IntStream.of(moves).filter(place -> place >= 0).forEach(place -> isKept[place] = true);
        IntPredicate isNew = place -> !isKept[place];
        // First, so that whatever is not in the store by then is enqueued.
        fences = next;
        standings.forEach((client, standing) -> {
            IntStream kept = IntStream.of(standing.inside).map(place -> moves[place]).filter(place -> place >= 0);
            IntStream entered = standing.last == null ? IntStream.empty() : placed(standing.last).filter(isNew);
            standing.inside = IntStream.concat(kept, entered).sorted().toArray();
            release(client, 0);
        });
        store.forEach(location -> {
            Standing known = standings.get(location.client());
            int[] entered =
                    known == null || known.last == null ? placed(location).filter(isNew).toArray() : Places.NOWHERE;
            if (entered.length > 0) {
                standings.compute(location.client(), (client, standing) -> {
                    Standing one = standing == null ? new Standing() : standing;
                    one.last = location;
                    one.inside = entered;
                    return one;
                });
                Location newest = store.find(location);
                if (newest != null && Location.wins(newest, location)) {
                    enqueue(newest, isOwn(newest));
                }
            }
        });
    }

    /** The fences that a client is in, as far as one location tells. */
    private IntStream placed(Location location) {
        return location.isGone() || expiry.isPast(location) ? IntStream.empty()
                : IntStream.of(Places.after(Places.NOWHERE, fences, location.client(), location.position(), true));
    }
}
