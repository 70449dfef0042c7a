package dev.proxyherd.link.session;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.handshake.Ability;
import dev.proxyherd.link.handshake.Agreement;
import dev.proxyherd.link.resync.Resync;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * One connection to a neighbour, from its handshake to its end.
 *
 * <p>The queue takes locations in before the resync begins, so nothing falls between: what is accepted before the resync
 * is in the store, what comes later is in the queue. Where the queue holds all that a neighbour lacks that was away, there
 * is no resync. A second thread reads: the neighbour's heartbeats and answers, or its end.
 */
final class OutgoingSession {
    private final Neighbour neighbour;
    private final WatchedSocket socket;
    private final LineReader in;
    private final GatheringWriter out;
    private final LinkCounters counters;
    private final LinkContext context;
    private final LogBatch log;
    private final FloodQueue queue;
    private final Resync resync;
    private final boolean tellsRoom;
    private final Rounds rounds;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean finishing;
    private volatile boolean leaving;
    private boolean comparesLast;

    private volatile long heardNanos = System.nanoTime();

    /**
     * @param agreement what the handshake has settled
     * @param queue begins with this link, and is ended by the caller
     */
    OutgoingSession(Neighbour neighbour, Agreement agreement, LineConnection connection, FloodQueue queue,
            LinkCounters counters, LinkContext context) {
        this.neighbour = neighbour;
        this.queue = queue;
        this.socket = connection.socket();
        this.in = connection.in();
        this.out = connection.out();
        this.counters = counters;
        this.context = context;
        this.log = context.log().batch(neighbour.name());
        this.resync = new Resync(context.room(), queue.begin(this, agreement.nonce()));
        this.rounds = new Rounds(queue, resync);
        this.tellsRoom = agreement.has(Ability.ROOM);
    }

    /** When the neighbour was last heard, as {@link System#nanoTime} counts. */
    long heardNanos() {
        return heardNanos;
    }

    /** Whether the neighbour may lack something that it had no room for; from the thread that runs this. */
    boolean hasKeptBack() {
        return resync.hasKeptBack();
    }

    /** Lets {@link #run} end when the queue is empty and the neighbour has taken note of the end. */
    void finish() {
        finishing = true;
        queue.poke();
    }

    /** Compares what both ends hold once more, sends what the neighbour lacks, and then lets {@link #run} end. */
    void leave() {
        leaving = true;
        queue.poke();
    }

    /** Teaches until the connection ends or {@link #finish} was called and all that was queued is sent. */
    void run() throws IOException, InterruptedException {
        socket.limitReads(context.timing().silence(), "nothing heard for too long");
        context.threads().execute(this::read);
        long nextBeat = System.nanoTime();
        while (socket.closeReason() == null) {
            if (leaving && resync.isAtRest()) {
                leaveOrCompareLast();
            }
            if (!rounds.drain() && finishing) {
                out.flush();
                socket.stopWriting();
                ended.await();
                return;
            }
            send(rounds.fill(out));
            if (nextBeat - System.nanoTime() <= 0) {
                beat();
                nextBeat = System.nanoTime() + context.timing().heartbeat().toNanos();
            }
            log.flush();
            if (rounds.isFull()) {
                Thread.yield(); // a long burst keeps no client waiting for its carrier
                continue; // what follows fills the last record, or the next round sends it
            }
            out.flush();
            if (resync.hasWork() || finishing || (leaving && resync.isAtRest())) {
                Thread.yield();
                continue;
            }
            long rest = rounds.restNanos();
            if (rest > 0) {
                queue.rest(rest);
            } else {
                queue.await(nextBeat - System.nanoTime());
            }
        }
    }

    private void beat() throws IOException {
        if (tellsRoom) {
            out.write(LinkMessages.write(context.space()));
        }
        out.write(LinkMessages.write(new LinkMessage.Heartbeat(0, context.clockNanos())));
    }

    private void leaveOrCompareLast() {
        if (comparesLast) {
            finish();
        } else {
            comparesLast = true;
            resync.compareAll();
        }
    }

    private void send(List<Location> round) throws IOException {
        log.renewTime();
        long bytes = 0;
        for (Location location : round) {
            byte[] line = location.line();
            log.out(line, 0, line.length - 1);
            out.write(line);
            bytes += line.length;
        }
        counters.linesSent.addAndGet(round.size());
        counters.bytesSent.addAndGet(bytes);
        counters.linesResent.addAndGet(rounds.resent());
    }

    /** Notices that the neighbour is alive, or gone: a side that only writes learns of the end one write late. */
    private void read() {
        Thread.currentThread().setName("link-" + neighbour.name() + "-in");
        try {
            readAnswers();
        } catch (IOException e) {
            socket.close(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error fault) {
            context.endByFault(socket, "link-" + neighbour.name() + "-in", fault);
        } finally {
            socket.close("its reading thread has ended");
            queue.poke();
            ended.countDown();
        }
    }

    /** What was taken in calls for nothing. Each burst is acknowledged: no link would rest after any. */
    static boolean endsRest(LinkMessage message) {
        return !(message instanceof LinkMessage.Seen);
    }

    private void readAnswers() throws IOException {
        LineReader.Kind kind;
        while ((kind = in.next()) == LineReader.Kind.LINE) {
            heardNanos = System.nanoTime();
            LinkMessage message = LinkMessages.parse(in.buffer(), in.start(), in.end(), 0);
            boolean understood = switch (message) {
                case LinkMessage.Heartbeat beat -> {
                    neighbour.heardClock(beat.clockNanos());
                    neighbour.conflict().heardReached();
                    yield resync.answer(beat);
                }
                case LinkMessage.Space space -> {
                    neighbour.heardSpace(space);
                    yield resync.answer(space);
                }
                case LinkMessage.Seen seen -> queue.acknowledge(this, seen.count());
                case LinkMessage.Digests digests -> resync.answer(digests);
                case LinkMessage.Entries entries -> resync.answer(entries);
                case LinkMessage.Held held -> resync.answer(held);
                case LinkMessage.Namesake other -> {
                    neighbour.heardOfConflict(other.address());
                    yield true;
                }
                default -> false;
            };
            if (!understood) {
                socket.close("the neighbour sent what is no link message");
                return;
            }
            if (endsRest(message)) {
                queue.poke();
            }
        }
        socket.close(finishing ? neighbour.whyFinished() : LinkContext.whyEnded(kind));
    }
}
