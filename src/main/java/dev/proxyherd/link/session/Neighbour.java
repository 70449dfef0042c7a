package dev.proxyherd.link.session;

import dev.proxyherd.io.LineConnection;
import dev.proxyherd.link.handshake.Agreement;
import dev.proxyherd.link.handshake.Handshake;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.store.Intake;
import dev.proxyherd.topology.ServerAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One neighbour: the link that this server dials and teaches it by, the one that it dials, and what the two tell of its
 * name and its clock. Any threads.
 */
public final class Neighbour {
    private final String name;
    private final String self;
    private final LinkContext context;
    private final NameConflict conflict;
    private final Alert ownConflict;
    private final ClockWatch clocks;
    private final OutgoingLink outgoing;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile @Nullable String leaving;
    private volatile long clients = -1;

    public Neighbour(String name, ServerAddress address, Handshake handshake, LinkContext context,
            RandomGenerator random) {
        this.name = name;
        this.self = handshake.self();
        this.context = context;
        this.conflict = new NameConflict(name, address, context.log(), context.timing());
        this.ownConflict = new Alert(context.timing().conflictMemory());
        this.clocks = new ClockWatch(name, context.expiry().clock(), context.log()::warn);
        this.outgoing = new OutgoingLink(this, address, handshake, context, random);
    }

    /** Its name in the topology. */
    public String name() {
        return name;
    }

    /** Where it listens. */
    public ServerAddress address() {
        return outgoing.address();
    }

    /** It listens there from now on: it is dialled anew; what it missed meanwhile the new link finds out. */
    public void move(ServerAddress to) {
        conflict.move(to);
        outgoing.move(to);
    }

    /**
     * It is a neighbour no more. Each end has the time to find out once more what the other lacks, for a while at most; then
     * both links end.
     *
     * @param reason why they end, in words
     * @param gone runs when they have ended
     */
    public void leave(String reason, Runnable gone) {
        leaving = reason;
        outgoing.leave();
        linkEnded();
        try {
            context.threads().execute(() -> awaitLeft(reason, gone));
        } catch (RejectedExecutionException e) {
            abort(reason); // the server is stopping
        }
    }

    private void awaitLeft(String reason, Runnable gone) {
        Thread.currentThread().setName("link-" + name + "-leaves");
        try {
            left.await(context.timing().leave().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            abort(reason);
            gone.run();
        }
    }

    /** One of its links may have ended, and maybe was the last one of a neighbour that leaves. */
    void linkEnded() {
        if (leaving != null && !outgoing.isUp() && !conflict.isIn()) {
            left.countDown();
        }
    }

    /** Why the link to it ends that this server has ended. */
    String whyFinished() {
        String reason = leaving;
        return reason == null ? "this server stops" : reason;
    }

    /** What its certificate may be for, where certificates are checked: its name, or its host in the topology. */
    public Set<String> names() {
        return Set.copyOf(List.of(name, address().host()));
    }

    /** Starts dialling it, once; where there is no memory for a thread it may be started again. */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        try {
            context.threads().execute(outgoing);
        } catch (RejectedExecutionException e) {
            // The server is stopping and starts no more threads.
        } catch (RuntimeException | Error fault) {
            started.set(false);
            throw fault;
        }
    }

    /** Tells it; never waits for it. */
    public void offer(String client, Location location) {
        outgoing.offer(client, location);
    }

    /**
     * Why a process that has proved this neighbour's name is not let in: another goes by it, too. Null if it is let in.
     *
     * @param nonce what it proved
     * @param peer where it dials from
     */
    public @Nullable String refusal(String nonce, String peer) {
        return conflict.refusal(nonce, peer);
    }

    /** Learns what the neighbour teaches on a connection that it dialled and proved; returns when that has ended. */
    public void serve(Agreement agreement, LineConnection connection, Intake intake) {
        IncomingLink link = new IncomingLink(this, agreement, connection, context);
        conflict.enter(link);
        try {
            outgoing.dialNow();
            link.run(intake);
        } finally {
            conflict.leave(link);
            linkEnded();
        }
    }

    /** How its links are. */
    public LinkStatus status() {
        String own = ownConflict.text();
        return outgoing.status(conflict.isIn(), own == null ? conflict.text() : own, clients);
    }

    /** Lets the link to it end once all that is queued is sent. */
    public void stop() {
        outgoing.stop();
        left.countDown();
    }

    /** Closes the links in both directions at once, for good. */
    public void abort(String reason) {
        outgoing.abort(reason);
        conflict.close(reason);
    }

    /** Which of the processes that go by its name has its link. */
    NameConflict conflict() {
        return conflict;
    }

    /** Its clock was this a moment ago, POSIX nanoseconds. */
    void heardClock(long clockNanos) {
        clocks.heard(clockNanos);
    }

    /** It has said how much it knows, on a connection of either side's. */
    void heardSpace(LinkMessage.Space space) {
        clients = space.clients();
    }

    /** It has sent this location on a connection that it proved with this nonce, so it need not be told. */
    void forget(Location known, String nonce) {
        outgoing.forget(known, nonce);
    }

    /** Whether the process that has proved this nonce was restarted, and has yet to be taught all that was known before. */
    boolean owesAll(String nonce) {
        return outgoing.owesAll(nonce);
    }

    /** It has met another server of this one's name at this address. */
    void heardOfConflict(String address) {
        String text = Handshake.CONFLICT + self + " is running, and " + name + " meets it at " + address + "; "
                + NameConflict.REMEDY;
        if (ownConflict.raise(text)) {
            context.log().warn(text);
        }
    }

    /** It has refused this server for that, and the log tells. */
    void refusedForConflict(String reason) {
        ownConflict.raise(reason);
    }
}
