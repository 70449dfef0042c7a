package dev.proxyherd.link;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.handshake.Handshake;
import dev.proxyherd.link.resync.Replies;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.Intake;
import java.io.IOException;

/**
 * A connection that a neighbour dialled and proved: reads what it teaches, on the thread of the accepted connection.
 * {@link Replies} says, on another thread, that this server is alive and what it knows already.
 */
final class IncomingLink {
    private static final int BAD_LINE_COPY = 1024;

    private final String neighbour;
    private final String theirNonce;
    private final WatchedSocket socket;
    private final LineReader in;
    private final LinkContext context;
    private final OutgoingLink back;
    private final Replies replies;
    private final LogBatch log;
    private final long sinceNanos = System.nanoTime();
    private volatile long heardNanos = sinceNanos;

    /**
     * @param hello what the neighbour proved
     * @param back the link that teaches the same neighbour
     */
    IncomingLink(LinkMessage.Hello hello, WatchedSocket socket, LineReader in, GatheringWriter out, LinkContext context,
            OutgoingLink back) {
        this.neighbour = hello.from();
        this.theirNonce = hello.nonce();
        this.socket = socket;
        this.in = in;
        this.context = context;
        this.back = back;
        this.replies = new Replies(neighbour, socket, out, context);
        this.log = context.log().batch(neighbour);
    }

    /** Learns until the connection ends. */
    void run(Intake intake) {
        Thread.currentThread().setName("link-" + neighbour + "-from");
        context.log().note("link from " + neighbour + " up (" + socket.peer() + ")");
        socket.limitReads(context.timing().silence(), "nothing heard for too long");
        context.threads().execute(replies);
        try {
            learn(intake);
        } catch (IOException e) {
            socket.close(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error fault) {
            context.endByFault(socket, "link-" + neighbour + "-from", fault);
        } finally {
            replies.end();
            log.flush();
            context.log().note("link from " + neighbour + " down: " + socket.closeReason());
        }
    }

    private void learn(Intake intake) throws IOException {
        while (true) {
            boolean waits = !in.hasLine();
            if (waits) {
                log.flush();
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
                    intake.take(at.location(), neighbour);
                    back.forget(at.location(), theirNonce);
                }
                case LinkMessage.Heartbeat beat -> {
                    heardNanos = System.nanoTime();
                    back.heardClock(beat.clockNanos());
                }
                case LinkMessage.DigestsWanted wanted -> replies.wantDigests();
                case LinkMessage.EntriesWanted wanted -> replies.wantEntries(wanted.bucket());
                default -> {
                    log.in(in.buffer(), in.start(), Math.min(in.end(), in.start() + BAD_LINE_COPY));
                    socket.close("the neighbour sent what is no link message");
                    return;
                }
            }
        }
    }

    /** The life of the process that teaches. */
    String life() {
        return Handshake.life(theirNonce);
    }

    /** What the neighbour proved. */
    String nonce() {
        return theirNonce;
    }

    /** Where the neighbour has dialled from. */
    String peer() {
        return socket.peer();
    }

    /** When the link was opened, as {@link System#nanoTime} counts. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** When the neighbour's heart was last heard to beat, or the link was opened. */
    long heardNanos() {
        return heardNanos;
    }

    /** Tells the neighbour that another server of its name is met there. */
    void tellOfNamesake(String address) {
        replies.tellOfNamesake(address);
    }

    /** Ends the link. */
    void close(String reason) {
        socket.close(reason);
    }
}
