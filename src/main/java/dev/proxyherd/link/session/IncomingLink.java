package dev.proxyherd.link.session;

import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.handshake.Ability;
import dev.proxyherd.link.handshake.Agreement;
import dev.proxyherd.link.handshake.Handshake;
import dev.proxyherd.link.resync.Replies;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.Intake;
import java.io.IOException;

/**
 * A connection that a neighbour dialled and proved: reads what it teaches, on the thread of the accepted connection. A
 * second thread says that this server is alive and what it knows already: a reader that waited to write could make both
 * ends wait for each other for ever.
 */
final class IncomingLink {
    private static final int BAD_LINE_COPY = 1024;

    /** For how long at most a neighbour that was restarted waits for digests, until it is taught itself. */
    private static final long LEARNS_FIRST_NANOS = 5_000_000_000L;

    private final Neighbour neighbour;
    private final Agreement agreement;
    private final LineConnection connection;
    private final WatchedSocket socket;
    private final LinkContext context;
    private final Replies replies;
    private final LogBatch log;
    private final long sinceNanos = System.nanoTime();
    private volatile long heardNanos = sinceNanos;

    /** @param agreement what the neighbour has proved, and what may be said to it */
    IncomingLink(Neighbour neighbour, Agreement agreement, LineConnection connection, LinkContext context) {
        this.neighbour = neighbour;
        this.agreement = agreement;
        this.connection = connection;
        this.socket = connection.socket();
        this.context = context;
        this.replies = new Replies(context.store(), context.expiry(), this::mustLearnFirst);
        this.log = context.log().batch(neighbour.name());
    }

    /** Learns until the connection ends. */
    void run(Intake intake) {
        Thread.currentThread().setName(threadName("from"));
        context.log().note("link from " + neighbour.name() + " up (" + socket.peer() + ")");
        socket.limitReads(context.timing().silence(), "nothing heard for too long");
        context.threads().execute(this::reply);
        try {
            learn(intake);
        } catch (IOException e) {
            socket.close(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error fault) {
            context.endByFault(socket, threadName("from"), fault);
        } finally {
            replies.end();
            log.flush();
            context.log().note("link from " + neighbour.name() + " down: " + socket.closeReason());
        }
    }

    /** One that was restarted would find that all it has missed differs, and teach this server what it knew before. */
    private boolean mustLearnFirst() {
        return System.nanoTime() - sinceNanos < LEARNS_FIRST_NANOS && neighbour.owesAll(agreement.nonce());
    }

    private String threadName(String part) {
        return "link-" + neighbour.name() + '-' + part;
    }

    private void learn(Intake intake) throws IOException {
        LineReader in = connection.in();
        long taken = 0;
        // What it has not kept it must be sent again, so it acknowledges nothing more then.
        boolean keepsAll = true;
        while (true) {
            boolean waits = !in.hasLine();
            if (waits) {
                // In TLS each read gives one record, of which many may be here.
                if (!socket.hasArrived()) {
                    log.flush();
                    replies.pause();
                }
                // If more is here already the read does not wait, and a long burst would keep clients from this carrier.
                Thread.yield();
            }
            // What the end of the stream leaves without its LF may be half a line: it is dropped.
            LineReader.Kind kind = in.next();
            if (kind != LineReader.Kind.LINE) {
                socket.close(socket.isReadingStopped() ? "this server stops" : LinkContext.whyEnded(kind));
                return;
            }
            if (waits) {
                log.renewTime();
            }
            switch (LinkMessages.parse(in.buffer(), in.start(), in.end(), Expiry.nanos(log.now()))) {
                case LinkMessage.At at -> {
                    log.in(in.buffer(), in.start(), in.end());
                    keepsAll &= intake.take(at.location(), neighbour.name());
                    neighbour.forget(at.location(), agreement.nonce());
                    if (keepsAll) {
                        taken++;
                        replies.taken(taken);
                    }
                }
                case LinkMessage.Heartbeat beat -> {
                    heardNanos = System.nanoTime();
                    neighbour.heardClock(beat.clockNanos());
                }
                case LinkMessage.Space space -> neighbour.heardSpace(space);
                case LinkMessage.DigestsWanted wanted -> replies.wantDigests();
                case LinkMessage.EntriesWanted wanted -> replies.wantEntries(wanted.bucket());
                case LinkMessage.HeldWanted wanted -> replies.wantHeld(wanted.bucket());
                default -> {
                    log.in(in.buffer(), in.start(), Math.min(in.end(), in.start() + BAD_LINE_COPY));
                    socket.close("the neighbour sent what is no link message");
                    return;
                }
            }
        }
    }

    /** Sends a heartbeat each second, says what has been taken in, and answers to what the neighbour asks about the store. */
    private void reply() {
        Thread.currentThread().setName(threadName("replies"));
        try {
            long nextBeat = System.nanoTime();
            while (replies.await(nextBeat - System.nanoTime())) {
                if (nextBeat - System.nanoTime() <= 0) {
                    if (agreement.has(Ability.ROOM)) {
                        connection.out().write(LinkMessages.write(context.space()));
                    }
                    connection.out().write(LinkMessages
                            .write(new LinkMessage.Heartbeat(context.store().digest(), context.clockNanos())));
                    replies.tellTaken();
                    nextBeat = System.nanoTime() + context.timing().heartbeat().toNanos();
                }
                if (replies.write(connection.out())) {
                    Thread.yield(); // a long answer keeps no client waiting for its carrier
                } else {
                    connection.out().flush();
                }
            }
        } catch (IOException e) {
            socket.close(String.valueOf(e.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error fault) {
            // Without its heartbeats the neighbour would end the link in a while; this says why.
            context.endByFault(socket, threadName("replies"), fault);
        }
    }

    /** The incarnation of the process that teaches. */
    String incarnation() {
        return Handshake.incarnation(agreement.nonce());
    }

    /** Where the neighbour has dialled from. */
    String peer() {
        return socket.peer();
    }

    /** When the link was opened, as {@link System#nanoTime} counts. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** When the neighbour's last heartbeat came, or the link was opened. */
    long heardNanos() {
        return heardNanos;
    }

    /** Tells the neighbour that another server of its name is met there. */
    void tellOfConflict(String address) {
        if (agreement.has(Ability.NAMESAKE)) {
            replies.tellOfConflict(address);
        }
    }

    /** Ends the link. */
    void close(String reason) {
        socket.close(reason);
    }
}
