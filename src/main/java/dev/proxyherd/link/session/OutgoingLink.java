package dev.proxyherd.link.session;

import dev.proxyherd.io.Backoff;
import dev.proxyherd.io.HostDial;
import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.dial.Dialler;
import dev.proxyherd.link.handshake.Agreement;
import dev.proxyherd.link.handshake.Handshake;
import dev.proxyherd.link.handshake.RefusedException;
import dev.proxyherd.log.Endless;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one neighbour taught: dials it, proves itself, teaches it, and when the connection ends, for whatever reason,
 * waits a little and dials again, until it is stopped. {@link #run} is a virtual thread of its own.
 *
 * <p>While the link is down the queue keeps what a neighbour that was taught all misses, as far as that is little; anything
 * else is in the store, and the resync at the next start finds it there.
 */
final class OutgoingLink implements Runnable {
    private final Neighbour neighbour;
    private final Handshake handshake;
    private final LinkContext context;
    private Dialler dialler;
    private final Backoff backoff;
    private final LinkCounters counters = new LinkCounters();
    private final FloodQueue queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition dialNow = lock.newCondition();

    private volatile @Nullable OutgoingSession session;
    private volatile @Nullable WatchedSocket socket;
    private volatile ServerAddress address;
    private volatile boolean stopping;
    private boolean wanted;
    private boolean dialsSlowly;
    private @Nullable String lastFailure;

    /** Whether a person was told of that, and not only the log. */
    private boolean hasWarned;
    private String lastAddresses = "";
    private volatile @Nullable String lastReason = "not yet opened";

    OutgoingLink(Neighbour neighbour, ServerAddress address, Handshake handshake, LinkContext context,
            RandomGenerator random) {
        this.neighbour = neighbour;
        this.handshake = handshake;
        this.context = context;
        this.address = address;
        this.queue = new FloodQueue(context.room().keepBudget());
        this.dialler = new Dialler(address, context.timing().dial());
        this.backoff = new Backoff(context.timing().backoffMin(), context.timing().backoffMax(), random);
    }

    /** Tells the neighbour; never waits for it. */
    void offer(String client, Location location) {
        queue.offer(client, location);
    }

    /**
     * The neighbour has sent this location, so it need not be told.
     *
     * @param nonce the neighbour's on the connection by which the location came
     */
    void forget(Location known, String nonce) {
        queue.forget(known, nonce);
    }

    /** Whether the process that has proved this nonce was restarted, and has yet to be taught all that was known before. */
    boolean owesAll(String nonce) {
        return queue.owesAll(nonce);
    }

    /**
     * How the link is.
     *
     * @param incoming whether the neighbour's own link is open
     * @param conflict how two servers of one name show here, or null
     * @param clients how many the neighbour knows; -1 while it has not said so
     */
    LinkStatus status(boolean incoming, @Nullable String conflict, long clients) {
        OutgoingSession current = session;
        return new LinkStatus(neighbour.name(), current != null, current == null ? lastReason : null,
                current == null ? 0 : queue.size(),
                current == null ? -1 : (System.nanoTime() - current.heardNanos()) / 1_000_000,
                counters.starts.get(), counters.linesSent.get(), counters.bytesSent.get(),
                counters.linesResent.get(), incoming, conflict, current != null || incoming ? clients : -1);
    }

    @Override
    public void run() {
        // Whatever goes wrong, even memory that runs out, this thread is the only one that will dial again.
        new Endless(threadName(), context.log().faults(), this::round).run();
        queue.discard();
    }

    private String threadName() {
        return "link-" + neighbour.name() + "-out";
    }

    private boolean round() throws InterruptedException {
        if (stopping) {
            return false;
        }
        try {
            attempt();
        } catch (RuntimeException | Error fault) {
            context.log().faults().survived(threadName(), fault);
            fail("a fault of the program, " + fault, false);
        }
        awaitNextTry();
        return true;
    }

    private void attempt() throws InterruptedException {
        dialsSlowly = false;
        ServerAddress sought = address;
        if (!dialler.isFor(sought)) {
            dialler = new Dialler(sought, context.timing().dial());
        }
        handshake.prepare();
        try (Socket plain = dial(); WatchedSocket watched = new WatchedSocket(plain)) {
            socket = watched;
            if (!sought.equals(address)) {
                watched.close(movedTo(address)); // whoever has moved it may have come before there was a socket to close
            }
            context.sweeper().watch(watched);
            try {
                teach(watched);
            } catch (RefusedException e) {
                refused(e, watched.whyFailed(e));
            } catch (IOException e) {
                dialler.distrust();
                fail(watched.whyFailed(e), false);
            } finally {
                context.sweeper().forget(watched);
                socket = null;
                neighbour.linkEnded();
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()), false);
        }
    }

    private Socket dial() throws IOException, InterruptedException {
        HostDial.Dialled dialled = dialler.dial();
        if (!dialled.failures().isEmpty() && !dialled.failures().equals(lastAddresses)) {
            context.log().note("not every address of " + neighbour.name() + " accepts: " + dialled.failures());
        }
        lastAddresses = dialled.failures();
        return dialled.socket();
    }

    private void refused(RefusedException refusal, String reason) {
        dialler.distrust();
        // The other may be about to read of the link in its file, too.
        boolean mayPass = refusal.isPassing() || (refusal.isNoNeighbour() && !reason.equals(lastFailure));
        fail(reason, !mayPass);
        dialsSlowly = refusal.isNameConflict() || refusal.isNoNeighbour();
        if (refusal.isNameConflict()) {
            neighbour.refusedForConflict(reason);
        }
    }

    private void teach(WatchedSocket watched) throws IOException, InterruptedException {
        LineConnection connection = LineConnection.over(watched, LinkMessage.MAX_LINE);
        watched.limitLife(context.timing().sealing(), context.timing().noSealing());
        context.sealing().dialled(watched, neighbour.names());
        watched.limitLife(context.timing().handshake(), context.timing().noHandshake());
        Agreement agreement =
                handshake.dial(LinkMessage.Role.LINK, neighbour.name(), neighbour.conflict()::met, connection);
        watched.liftLife();
        context.log().note("link to " + neighbour.name() + " up (" + dialler + ")");
        lastFailure = null;
        neighbour.conflict().reach(agreement.nonce());
        counters.starts.incrementAndGet();
        long upSince = System.nanoTime();
        OutgoingSession current = new OutgoingSession(neighbour, agreement, connection, queue, counters, context);
        session = current;
        try {
            if (stopping) {
                current.finish();
            }
            current.run();
            watched.close(neighbour.whyFinished());
        } catch (IOException e) {
            watched.close(String.valueOf(e.getMessage()));
        } catch (RejectedExecutionException e) {
            // It starts no more threads.
            watched.close("this server stops");
        } catch (RuntimeException | Error fault) {
            watched.close("a fault of the program, " + fault);
            throw fault;
        } finally {
            session = null;
            if (current.hasKeptBack()) {
                queue.mustCompare();
            }
            queue.end();
            neighbour.conflict().reach(null);
            if (System.nanoTime() - upSince > context.timing().backoffMax().toNanos()) {
                backoff.reset();
            }
            lastReason = watched.closeReason();
            context.log().note("link to " + neighbour.name() + " down: " + lastReason);
        }
    }

    /**
     * Logs why there is no link, once for each reason: the next hundred tries may fail alike.
     *
     * @param lasting whether that takes a person to repair, as far as this try shows
     */
    private void fail(String reason, boolean lasting) {
        boolean isNew = !reason.equals(lastFailure);
        String text = "no link to " + neighbour.name() + " (" + dialler + "): " + reason;
        if (lasting && (isNew || !hasWarned)) {
            context.log().warn(text);
        } else if (isNew) {
            context.log().note(text);
        }
        hasWarned = lasting || (hasWarned && !isNew);
        lastFailure = reason;
        lastReason = reason;
    }

    private void awaitNextTry() throws InterruptedException {
        lock.lock();
        try {
            long left = dialsSlowly ? context.timing().conflictWait().toNanos() : backoff.nextNanos();
            while (!wanted && !stopping && left > 0) {
                left = dialNow.awaitNanos(left);
            }
            wanted = false;
        } finally {
            lock.unlock();
        }
    }

    /** The neighbour is there: it has just dialled in. If the link is down, dials at once. */
    void dialNow() {
        lock.lock();
        try {
            wanted = session == null;
            dialNow.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The neighbour listens there from now on: ends the link to where it was, and dials it there at once. */
    void move(ServerAddress to) {
        address = to;
        abort(movedTo(to));
        lock.lock();
        try {
            wanted = true;
            dialNow.signal();
        } finally {
            lock.unlock();
        }
    }

    private String movedTo(ServerAddress to) {
        return neighbour.name() + " is at " + to + " now, says the topology file";
    }

    /** Where it dials. */
    ServerAddress address() {
        return address;
    }

    /** Whether it is open, or about to be. */
    boolean isUp() {
        return socket != null;
    }

    /** Dials no more, and ends the link once both ends' stores have been compared; {@link #abort} ends that. */
    void leave() {
        dialNoMore();
        OutgoingSession current = session;
        if (current != null) {
            current.leave();
        } else {
            abort(neighbour.whyFinished());
        }
    }

    /** Ends the link once its queue is drained; {@link #abort} ends that. */
    void stop() {
        dialNoMore();
        OutgoingSession current = session;
        if (current != null) {
            current.finish();
        }
    }

    private void dialNoMore() {
        lock.lock();
        try {
            stopping = true;
            dialNow.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the link's socket at once. */
    void abort(String reason) {
        WatchedSocket current = socket;
        if (current != null) {
            current.close(reason);
        }
    }
}
