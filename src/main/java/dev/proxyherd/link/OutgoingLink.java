package dev.proxyherd.link;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.HostDial;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.handshake.Handshake;
import dev.proxyherd.link.handshake.RefusedException;
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

/**
 * Keeps one neighbour taught: dials it, proves itself, teaches it, and when the connection ends, for whatever reason,
 * waits a little and dials again, until it is stopped. {@link #run} is a virtual thread of its own.
 *
 * <p>While the link is down there is no queue: what is accepted meanwhile is in the store, and the resync at the next
 * start finds it there.
 */
final class OutgoingLink implements Runnable {
    private final String neighbour;
    private final LinkContext context;
    private final Dialler dialler;
    private final Backoff backoff;
    private final LinkCounters counters = new LinkCounters();
    private final Namesakes namesakes;
    private final ClockWatch clocks;
    private final Notice ownNamesake;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition dialNow = lock.newCondition();

    private volatile OutgoingSession session;
    private volatile WatchedSocket socket;
    private volatile boolean stopping;
    private boolean wanted;
    private boolean refusedForNamesake;
    private String lastFailure;
    private String lastAddresses = "";
    private volatile String lastReason = "not yet opened";

    OutgoingLink(String neighbour, ServerAddress address, LinkContext context, RandomGenerator random) {
        this.neighbour = neighbour;
        this.context = context;
        this.dialler = new Dialler(address, context.timing().dial());
        this.backoff = new Backoff(context.timing().backoffMin(), context.timing().backoffMax(), random);
        this.namesakes = new Namesakes(neighbour, address, context.log(), context.timing());
        this.clocks = new ClockWatch(neighbour, context.expiry().clock(), context.log()::warn);
        this.ownNamesake = new Notice(context.timing().namesakeMemory());
    }

    String neighbour() {
        return neighbour;
    }

    LinkCounters counters() {
        return counters;
    }

    /** Which of the processes that go by the neighbour's name has its link. */
    Namesakes namesakes() {
        return namesakes;
    }

    /** The neighbour's clock was this a moment ago, POSIX nanoseconds. */
    void heardClock(long clockNanos) {
        clocks.heard(clockNanos);
    }

    /** The neighbour has met another server of this one's name at this address. */
    void heardOfNamesake(String from) {
        String words = Handshake.NAMESAKE + context.handshake().self() + " is running, and " + neighbour
                + " meets it at " + from
                + "; " + Namesakes.MEND;
        if (ownNamesake.see(words)) {
            context.log().warn(words);
        }
    }

    /** Tells the neighbour, if the link is up; never waits for it. */
    void offer(Location location) {
        OutgoingSession current = session;
        if (current != null) {
            current.queue().offer(location);
        }
    }

    /**
     * The neighbour has sent this location, so it need not be told.
     *
     * @param nonce the neighbour's on the connection by which the location came
     */
    void forget(Location known, String nonce) {
        OutgoingSession current = session;
        if (current != null) {
            current.forget(known, nonce);
        }
    }

    /** How the link is. */
    LinkStatus status() {
        OutgoingSession current = session;
        boolean up = current != null;
        String own = ownNamesake.words();
        return new LinkStatus(neighbour, up, up ? null : lastReason,
                up ? current.queue().size() : 0,
                up ? (System.nanoTime() - current.heardNanos()) / 1_000_000 : -1,
                counters.starts.get(), counters.linesSent.get(), counters.bytesSent.get(),
                counters.linesResent.get(), namesakes.isIn(), own == null ? namesakes.words() : own);
    }

    @Override
    public void run() {
        Thread.currentThread().setName("link-" + neighbour + "-out");
        try {
            while (!stopping) {
                try {
                    attempt();
                } catch (RuntimeException | Error e) {
                    // Whatever went wrong, even memory that ran out, this thread is the only one that will dial again.
                    context.log().faults().survived("link-" + neighbour + "-out", e);
                    fail("a fault of the program, " + e, false);
                }
                awaitNextTry();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() throws InterruptedException {
        refusedForNamesake = false;
        try (Socket plain = dial(); WatchedSocket watched = new WatchedSocket(plain)) {
            socket = watched;
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
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()), false);
        } catch (RejectedExecutionException e) {
            // The server is stopping and starts no more threads.
        }
    }

    private Socket dial() throws IOException, InterruptedException {
        HostDial.Dialled dialled = dialler.dial();
        if (!dialled.failures().isEmpty() && !dialled.failures().equals(lastAddresses)) {
            context.log().note("not every address of " + neighbour + " accepts: " + dialled.failures());
        }
        lastAddresses = dialled.failures();
        return dialled.socket();
    }

    private void refused(RefusedException refusal, String reason) {
        dialler.distrust();
        fail(reason, !refusal.isPassing());
        refusedForNamesake = refusal.isForNamesake();
        if (refusedForNamesake) {
            ownNamesake.see(reason);
        }
    }

    private void teach(WatchedSocket watched) throws IOException, InterruptedException {
        LineReader in = new LineReader(watched, LinkMessage.MAX_LINE);
        GatheringWriter out = new GatheringWriter(watched);
        watched.limitLife(context.timing().handshake(), context.timing().noHandshake());
        String nonce = context.handshake().dial(LinkMessage.Role.LINK, neighbour, namesakes::met, in, out);
        watched.liftLife();
        context.log().note("link to " + neighbour + " up (" + dialler + ")");
        lastFailure = null;
        namesakes.reach(nonce);
        counters.starts.incrementAndGet();
        long upSince = System.nanoTime();
        OutgoingSession current = new OutgoingSession(this, nonce, watched, in, out, context);
        session = current;
        try {
            if (stopping) {
                current.finish();
            }
            current.run();
            watched.close("this server stops");
        } catch (IOException e) {
            watched.close(String.valueOf(e.getMessage()));
        } finally {
            session = null;
            namesakes.reach(null);
            if (System.nanoTime() - upSince > context.timing().backoffMax().toNanos()) {
                backoff.reset();
            }
            lastReason = watched.closeReason();
            context.log().note("link to " + neighbour + " down: " + lastReason);
        }
    }

    /**
     * Logs why there is no link, once for each reason: the next hundred tries may fail alike.
     *
     * @param lasting whether that takes a person to mend
     */
    private void fail(String reason, boolean lasting) {
        if (!reason.equals(lastFailure)) {
            String text = "no link to " + neighbour + " (" + dialler + "): " + reason;
            if (lasting) {
                context.log().warn(text);
            } else {
                context.log().note(text);
            }
        }
        lastFailure = reason;
        lastReason = reason;
    }

    private void awaitNextTry() throws InterruptedException {
        lock.lock();
        try {
            long left = refusedForNamesake ? context.timing().namesakeWait().toNanos() : backoff.nextNanos();
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

    /** Ends the link once its queue is drained; {@link #abort} ends that. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            dialNow.signal();
        } finally {
            lock.unlock();
        }
        OutgoingSession current = session;
        if (current != null) {
            current.finish();
        }
    }

    /** Closes the link's socket at once. */
    void abort() {
        WatchedSocket current = socket;
        if (current != null) {
            current.close("this server stops");
        }
    }
}
