package dev.proxyherd.link.session;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.link.resync.Resync;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Room;
import java.io.IOException;
import java.util.List;

/**
 * An outgoing link without its socket, threads and clock: the queue, the rounds and the resync, joined as {@link
 * OutgoingSession} joins them. Whoever drives it does the waiting.
 */
public final class TeachingEnd {
    private final Room room;
    private final String theirNonce;
    private final FloodQueue queue;
    private Object link = new Object();
    private Resync resync;
    private Rounds rounds;
    private long live;
    private long resent;

    /** @param theirNonce the neighbour's, the same for each link: it is never restarted */
    public TeachingEnd(Room room, String theirNonce) {
        this.room = room;
        this.theirNonce = theirNonce;
        this.queue = new FloodQueue(room.keepBudget());
    }

    /** A link is up, which compares stores unless the queue has kept all that the neighbour lacks. */
    public void begin() {
        link = new Object();
        resync = new Resync(room, queue.begin(link, theirNonce));
        rounds = new Rounds(queue, resync);
    }

    /** A link is up that follows another one on which the neighbour has learned all. */
    public void beginSettled() {
        begin();
        queue.caughtUp();
        queue.acknowledge(link, 0);
        end();
        begin();
    }

    /** The link is down. */
    public void end() {
        queue.end();
    }

    public void offer(String client, Location location) {
        queue.offer(client, location);
    }

    /** The neighbour has sent this location. */
    public void forget(Location known) {
        queue.forget(known, theirNonce);
    }

    /** Takes what the neighbour says, and tells whether that ends a rest. */
    public boolean hear(LinkMessage message) {
        boolean understood = message instanceof LinkMessage.Seen seen
                ? queue.acknowledge(link, seen.count())
                : resync.answer(message);
        if (!understood) {
            throw new AssertionError("nobody asked for " + message);
        }
        return OutgoingSession.endsRest(message);
    }

    /** Writes the next round and returns how many locations it has. */
    public int round(GatheringWriter out) throws IOException {
        rounds.drain();
        List<Location> round = rounds.fill(out);
        for (Location location : round) {
            out.write(location.line());
        }
        resent += rounds.resent();
        live += round.size() - rounds.resent();
        return round.size();
    }

    /** Whether another round follows at once. */
    public boolean goesOn() {
        return rounds.isFull() || resync.hasWork();
    }

    /** Whether live updates wait for the next round. */
    public boolean hasWaiting() {
        return queue.size() > 0;
    }

    /** How long the link rests now; 0 to wait for the next update instead. */
    public long restNanos() {
        return rounds.restNanos();
    }

    /** How many live updates were sent on all links. */
    public long live() {
        return live;
    }

    /** How many locations were sent by comparisons. */
    public long resent() {
        return resent;
    }
}
