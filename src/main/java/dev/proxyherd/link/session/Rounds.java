package dev.proxyherd.link.session;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.link.resync.Resync;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a link sends, round by round, and how long it rests in between. Each round has live updates first and then a part of
 * the resync, so that a long resync delays nothing. It waits for nothing and reads no clock; the teaching thread's.
 */
final class Rounds {
    /** How many locations of either kind go out in a round. */
    private static final int SIZE = 1024;

    /**
     * How long a link rests after a burst of several updates, by how many they were: 2 to 100 ms, which 5,000 updates
     * reach. An update that finds its link awake is sent at once. While many come, more of them gather and newer ones take
     * the place of older ones, so that a herd under heavy load does less work for each, and each link is a little behind.
     * Whatever the neighbour says but how much it has taken in ends a rest, or else the next one: a resync must not take a
     * rest for each question.
     */
    private static final long REST_NANOS_PER_UPDATE = 20_000;
    private static final long MIN_REST_NANOS = 2_000_000;
    private static final long MAX_REST_NANOS = 100_000_000;

    private final FloodQueue queue;
    private final Resync resync;
    private final List<Location> round = new ArrayList<>();
    private int live;
    private long burst;

    /** How much waited when the link began. Compared before it is sent, nearly all buckets would differ. */
    private long ahead;

    /** @param queue has begun with this link */
    Rounds(FloodQueue queue, Resync resync) {
        this.queue = queue;
        this.resync = resync;
        this.ahead = queue.size();
    }

    /** Begins a round with the live updates that wait; false if there are none. */
    boolean drain() {
        round.clear();
        queue.drain(round, SIZE);
        live = round.size();
        burst += live;
        return live > 0;
    }

    /**
     * Adds a part of the resync.
     *
     * @param out takes what it asks, which goes out before the round's locations
     * @return all that is to be sent in this round, until the next one begins
     */
    List<Location> fill(GatheringWriter out) throws IOException {
        if (ahead <= 0 || live == 0) {
            ahead = 0;
            resync.advance(out, round, SIZE);
        }
        ahead -= live;
        if (round.size() > live) {
            queue.addSent(round.subList(live, round.size()));
        }
        if (resync.isIdle()) {
            queue.caughtUp();
        }
        return round;
    }

    /** How many of this round the resync has added. */
    int resent() {
        return round.size() - live;
    }

    /** Whether more live updates may be waiting than the round took. */
    boolean isFull() {
        return live == SIZE;
    }

    /** How long to rest after the rounds since the last rest; 0 to wait for the next update instead. */
    long restNanos() {
        long updates = burst;
        burst = 0;
        return updates > 1 ? Math.clamp(updates * REST_NANOS_PER_UPDATE, MIN_REST_NANOS, MAX_REST_NANOS) : 0;
    }
}
