package dev.proxyherd.link;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * One connection to a neighbour, from its handshake to its end.
 *
 * <p>The queue exists before the store is walked through, so nothing falls between: what is accepted before the walk is
 * in the store, what comes later is in the queue. Each round sends live updates first and then a part of the resync, so
 * that a long resync delays nothing. A second thread reads: the neighbour's heartbeats, or its end.
 */
final class OutgoingSession {
    /** How many locations of either kind go out in a round. */
    private static final int ROUND = 256;

    private final String neighbour;
    private final WatchedSocket socket;
    private final LineReader in;
    private final GatheringWriter out;
    private final LinkContext context;
    private final LogBatch log;
    private final FloodQueue queue = new FloodQueue();
    private final List<Location> round = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean finishing;

    OutgoingSession(
            String neighbour, WatchedSocket socket, LineReader in, GatheringWriter out, LinkContext context) {
        this.neighbour = neighbour;
        this.socket = socket;
        this.in = in;
        this.out = out;
        this.context = context;
        this.log = context.log().batch(neighbour);
    }

    FloodQueue queue() {
        return queue;
    }

    /** Lets {@link #run} end when the queue is empty and the neighbour has taken note of the end. */
    void finish() {
        finishing = true;
        queue.close();
    }

    /** Teaches until the connection ends or {@link #finish} was called and all that was queued is sent. */
    void run() throws IOException, InterruptedException {
        socket.limitReads(context.timing().silence(), "nothing heard for too long");
        context.threads().execute(this::read);
        long beatNanos = context.timing().heartbeat().toNanos();
        long nextBeat = System.nanoTime();
        Iterator<Location> resync = context.store().iterator();
        while (socket.closeReason() == null) {
            queue.drain(round, ROUND);
            boolean caughtUp = round.isEmpty();
            if (caughtUp && finishing) {
                socket.stopWriting();
                ended.await();
                return;
            }
            for (int i = 0; i < ROUND && resync.hasNext(); i++) {
                round.add(resync.next());
            }
            send();
            long untilBeat = nextBeat - System.nanoTime();
            if (untilBeat <= 0) {
                out.write(LinkMessages.write(new LinkMessage.Heartbeat()));
                nextBeat = System.nanoTime() + beatNanos;
            }
            log.flush();
            out.flush();
            if (caughtUp && !resync.hasNext()) {
                queue.await(untilBeat);
            }
        }
    }

    private void send() throws IOException {
        for (Location location : round) {
            byte[] line = location.line();
            log.out(line, 0, line.length - 1);
            out.write(line);
        }
        round.clear();
    }

    /** Notices that the neighbour is alive, or gone: a side that only writes learns of the end one write late. */
    private void read() {
        Thread.currentThread().setName("link-" + neighbour + "-in");
        try {
            while (true) {
                if (in.next() != LineReader.Kind.LINE) {
                    socket.close(finishing ? "this server stops" : "the neighbour closed it");
                    break;
                }
                if (!(LinkMessages.parse(in.buffer(), in.start(), in.end()) instanceof LinkMessage.Heartbeat)) {
                    socket.close("the neighbour sent what is no link message");
                    break;
                }
            }
        } catch (IOException e) {
            socket.close(String.valueOf(e.getMessage()));
        }
        queue.close();
        ended.countDown();
    }
}
