package dev.proxyherd.link;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.store.Intake;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A connection that a neighbour dialled and proved: reads what it teaches, on the thread of the accepted connection,
 * and lets it know each second that this server is alive, on another.
 */
final class IncomingLink {
    private final String neighbour;
    private final WatchedSocket socket;
    private final LineReader in;
    private final GatheringWriter out;
    private final LinkContext context;
    private final LogBatch log;
    private final CountDownLatch ended = new CountDownLatch(1);

    IncomingLink(String neighbour, WatchedSocket socket, LineReader in, GatheringWriter out, LinkContext context) {
        this.neighbour = neighbour;
        this.socket = socket;
        this.in = in;
        this.out = out;
        this.context = context;
        this.log = context.log().batch(neighbour);
    }

    /** Learns until the connection ends. */
    void run(Intake intake) {
        Thread.currentThread().setName("link-" + neighbour + "-from");
        context.log().note("link from " + neighbour + " up (" + socket.peer() + ")");
        socket.limitReads(context.timing().silence(), "nothing heard for too long");
        context.threads().execute(this::beat);
        try {
            learn(intake);
        } catch (IOException e) {
            socket.close(String.valueOf(e.getMessage()));
        } finally {
            ended.countDown();
            log.flush();
            context.log().note("link from " + neighbour + " down: " + socket.closeReason());
        }
    }

    private void learn(Intake intake) throws IOException {
        while (true) {
            if (!in.hasLine()) {
                log.flush();
            }
            // What the end of the stream leaves without its LF may be half a line: it is dropped.
            if (in.next() != LineReader.Kind.LINE) {
                socket.close(socket.isReadingStopped() ? "this server stops" : "the neighbour closed it");
                return;
            }
            switch (LinkMessages.parse(in.buffer(), in.start(), in.end())) {
                case LinkMessage.At at -> {
                    log.in(in.buffer(), in.start(), in.end());
                    intake.take(at.location(), neighbour);
                }
                case LinkMessage.Heartbeat beat -> { }
                default -> {
                    log.in(in.buffer(), in.start(), Math.min(in.end(), in.start() + 1024));
                    socket.close("the neighbour sent what is no link message");
                    return;
                }
            }
        }
    }

    private void beat() {
        Thread.currentThread().setName("link-" + neighbour + "-beat");
        try {
            do {
                out.write(LinkMessages.write(new LinkMessage.Heartbeat()));
                out.flush();
            } while (!ended.await(context.timing().heartbeat().toNanos(), TimeUnit.NANOSECONDS));
        } catch (IOException e) {
            socket.close(String.valueOf(e.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the link. */
    void close(String reason) {
        socket.close(reason);
    }
}
