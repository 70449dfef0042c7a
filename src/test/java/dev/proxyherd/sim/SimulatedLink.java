package dev.proxyherd.sim;

import dev.proxyherd.link.resync.Replies;
import dev.proxyherd.link.session.LinkTiming;
import dev.proxyherd.link.session.TeachingEnd;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Expiry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How one server teaches another: what a link's four threads do at its two ends, with virtual time for waiting and wires for
 * sockets. A link between two servers is two of these.
 */
final class SimulatedLink {
    private static final long BEAT_NANOS = LinkTiming.standard().heartbeat().toNanos();

    private final VirtualTime time;
    private final Conditions conditions;
    private final SimulatedServer from;
    private final SimulatedServer to;
    private final Expiry expiry;
    private final Wire there;
    private final Wire back;
    private final TeachingEnd teaching;
    private final SplittableRandom random;
    private Replies replies;
    private boolean up;

    /** Which link between the two this is: what was to be done on an earlier one is not. */
    private int epoch;

    /** Which pause this is: the time of an earlier one may be up. */
    private int pause;
    private boolean pausing;
    private boolean resting;
    private boolean poked;
    private long nextBeat;
    private long taken;

    SimulatedLink(VirtualTime time, Conditions conditions, SimulatedServer from, SimulatedServer to,
            SplittableRandom random) {
        this.time = time;
        this.conditions = conditions;
        this.from = from;
        this.to = to;
        this.random = random;
        this.expiry = new Expiry(Duration.ZERO, time);
        this.there = new Wire(time, conditions, random.split());
        this.back = new Wire(time, conditions, random.split());
        this.teaching = new TeachingEnd(from.room(), to.nonce());
        this.replies = newReplies();
        from.teach(this);
    }

    private Replies newReplies() {
        return new Replies(to.store(), expiry, () -> false);
    }

    /** @param settled whether it follows one on which all was learned */
    void up(boolean settled) {
        up = true;
        epoch++;
        taken = 0;
        poked = false;
        replies = newReplies();
        if (settled) {
            teaching.beginSettled();
        } else {
            teaching.begin();
        }
        nextBeat = time.now() + random.nextLong(BEAT_NANOS);
        wake();
        beatBack(time.now() + random.nextLong(BEAT_NANOS));
    }

    /** Both ends notice at once. */
    void down() {
        up = false;
        epoch++;
        pausing = false;
        there.cut();
        back.cut();
        teaching.end();
    }

    boolean isUp() {
        return up;
    }

    /** Does something when that time has come, if the link is still up then. */
    private void at(long nanos, Runnable action) {
        int now = epoch;
        time.at(nanos, () -> {
            if (epoch == now) {
                action.run();
            }
        });
    }

    /** Has a server do something when it is free, if the link is still up then. */
    private void submit(SimulatedServer server, LongSupplier task) {
        int now = epoch;
        server.processor().submit(() -> epoch == now ? task.getAsLong() : 0);
    }

    // The teaching end: a thread that writes and waits, and one that reads.

    void offer(String client, Location location) {
        teaching.offer(client, location);
        if (pausing && !resting) {
            wake();
        }
    }

    private void poke() {
        if (pausing) {
            wake();
        } else {
            poked = true;
        }
    }

    private void wake() {
        pausing = false;
        submit(from, this::step);
    }

    private long step() {
        boolean beats = time.now() >= nextBeat;
        int updates;
        try {
            updates = teaching.round(from.out());
            if (beats) {
                nextBeat = time.now() + BEAT_NANOS;
                from.out().write(LinkMessages.write(new LinkMessage.Space(from.room().free(), from.store().size())));
                from.out().write(LinkMessages.write(new LinkMessage.Heartbeat(0, Expiry.nanos(time.instant()))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] said = from.takeWritten();
        long takes = (said.length == 0 ? 0 : conditions.links().wake()) + updates * conditions.links().sent();
        long end = time.now() + takes;
        there.send(said, end, bytes -> submit(to, () -> learn(bytes)));
        long writable = there.writableAt();
        if (writable > end) {
            at(writable, this::afterRound);
        } else {
            afterRound();
        }
        return takes;
    }

    private void afterRound() {
        if (teaching.goesOn()) {
            wake();
            return;
        }
        long rest = teaching.restNanos();
        if (poked || (rest == 0 && teaching.hasWaiting())) {
            poked = false;
            wake();
            return;
        }
        pausing = true;
        resting = rest > 0;
        int mine = ++pause;
        at(resting ? time.now() + rest : nextBeat, () -> {
            if (pausing && pause == mine) {
                wake();
            }
        });
    }

    private long listen(byte[] bytes) {
        forEachMessage(bytes, message -> {
            if (teaching.hear(message)) {
                poke();
            }
        });
        return conditions.links().wake();
    }

    // The learning end: a thread that reads, and one that replies.

    private long learn(byte[] bytes) {
        long before = taken;
        forEachMessage(bytes, message -> {
            switch (message) {
                case LinkMessage.At at -> {
                    to.take(at.location(), from.name());
                    to.linkTo(from).teaching.forget(at.location());
                    taken++;
                    replies.taken(taken);
                }
                case LinkMessage.DigestsWanted wanted -> replies.wantDigests();
                case LinkMessage.EntriesWanted wanted -> replies.wantEntries(wanted.bucket());
                case LinkMessage.HeldWanted wanted -> replies.wantHeld(wanted.bucket());
                case LinkMessage.Heartbeat beat -> {}
                case LinkMessage.Space space -> {}
                default -> throw new AssertionError("no link message: " + message);
            }
        });
        replies.pause();
        return conditions.links().wake() + (taken - before) * conditions.links().heard() + reply();
    }

    private void beatBack(long when) {
        at(when, () -> {
            submit(to, this::replyWithBeat);
            beatBack(when + BEAT_NANOS);
        });
    }

    private long replyWithBeat() {
        try {
            to.out().write(LinkMessages.write(new LinkMessage.Space(to.room().free(), to.store().size())));
            to.out().write(LinkMessages.write(
                    new LinkMessage.Heartbeat(to.store().digest(), Expiry.nanos(time.instant()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        replies.tellTaken();
        return reply();
    }

    private long reply() {
        try {
            while (replies.write(to.out())) {
                // one bucket at a time
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] said = to.takeWritten();
        long takes = said.length == 0 ? 0 : conditions.links().wake();
        back.send(said, time.now() + takes, bytes -> submit(from, () -> listen(bytes)));
        return takes;
    }

    private void forEachMessage(byte[] bytes, Consumer<LinkMessage> action) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                action.accept(LinkMessages.parse(bytes, start, i, Expiry.nanos(time.instant())));
                start = i + 1;
            }
        }
    }

    SimulatedServer from() {
        return from;
    }

    SimulatedServer to() {
        return to;
    }

    /** How many updates were sent when they were new here. */
    long live() {
        return teaching.live();
    }

    /** How many locations were sent since a comparison found them missing. */
    long resent() {
        return teaching.resent();
    }

    /** How many were sent, with those of answers. */
    long bytes() {
        return there.bytes() + back.bytes();
    }
}
