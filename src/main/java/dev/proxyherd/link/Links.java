package dev.proxyherd.link;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.handshake.Handshake;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.link.inquiry.Inquiries;
import dev.proxyherd.link.inquiry.InquirySession;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.LocationStore;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** All links of one server: those it dials, and those that its neighbours dial. */
public final class Links {
    /** How many different refusals are remembered, so that each is logged once. */
    private static final int MAX_REFUSALS = 100;

    /** What the system may hold for a neighbour, in bytes: enough for long lines and a long way. */
    private static final int UNSENT_BYTES = 1024 * 1024;

    /** How long a connection of the STATUS role may stay. */
    private static final Duration INQUIRY_LIMIT = Duration.ofSeconds(60);

    private final LinkContext context;
    private final List<OutgoingLink> outgoing;
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private volatile boolean started;
    private volatile boolean stopped;

    /**
     * @param self this server's name
     * @param neighbours its neighbours' names and addresses
     * @param threads starts a virtual thread for each task
     */
    public Links(
            String self,
            Map<String, ServerAddress> neighbours,
            Secret secret,
            LinkTiming timing,
            LocationStore store,
            Expiry expiry,
            TrafficLog log,
            Sweeper sweeper,
            Executor threads) {
        SecureRandom random = new SecureRandom();
        Handshake handshake = new Handshake(self, neighbours.keySet(), secret, expiry.after(), random);
        this.context = new LinkContext(handshake, store, expiry, log, sweeper, timing, threads);
        this.outgoing = neighbours.entrySet().stream()
                .map(entry -> new OutgoingLink(entry.getKey(), entry.getValue(), context, random))
                .toList();
    }

    /** Starts dialling all neighbours, and lets them dial in: from now on the store can be compared with theirs. */
    public void start() {
        if (stopped) {
            return;
        }
        started = true;
        try {
            outgoing.forEach(context.threads()::execute);
        } catch (RejectedExecutionException e) {
            // The server is stopping and starts no more threads.
        }
    }

    /** Tells all neighbours but one whose link is up; waits for none of them. */
    public void flood(Location location, String exceptNeighbour) {
        for (OutgoingLink link : outgoing) {
            if (!link.neighbour().equals(exceptNeighbour)) {
                link.offer(location);
            }
        }
    }

    /**
     * Takes over an accepted connection whose first line opened a handshake, and returns when it has ended.
     *
     * @param in has just read that line
     * @param admitted runs once the other end has proved to be a neighbour
     */
    public void serve(WatchedSocket socket, LineReader in, GatheringWriter out, Intake intake, Inquiries inquiries,
            Runnable admitted) {
        LinkMessage.Hello hello = admit(socket, in, out);
        if (hello == null) {
            return;
        }
        if (hello.role() == LinkMessage.Role.STATUS) {
            answer(socket, new InquirySession(in, out, inquiries));
            return;
        }
        admitted.run();
        refusals.clear();
        OutgoingLink back = outgoingTo(hello.from());
        IncomingLink link = new IncomingLink(hello, socket, in, out, context, back);
        back.namesakes().enter(link);
        back.dialNow();
        try {
            link.run(intake);
        } finally {
            back.namesakes().leave(link);
        }
    }

    private static void answer(WatchedSocket socket, InquirySession session) {
        socket.limitLife(INQUIRY_LIMIT, "has asked for " + INQUIRY_LIMIT.toSeconds() + " s");
        try {
            session.run();
        } catch (IOException e) {
            socket.close(String.valueOf(e.getMessage()));
        }
    }

    /** Runs the handshake and returns what the other end proved, or null if there is to be no link. */
    private LinkMessage.Hello admit(WatchedSocket socket, LineReader in, GatheringWriter out) {
        try {
            LinkMessage first = LinkMessages.parse(in.buffer(), in.start(), in.end(), 0);
            in.limitLines(LinkMessage.MAX_LINE);
            socket.limitLife(context.timing().handshake(), context.timing().noHandshake());
            LinkMessage.Hello hello =
                    context.handshake().accept(first, started, opened -> doubt(opened, socket), in, out);
            socket.limitWrites(Duration.ZERO, "");
            socket.boundUnsent(UNSENT_BYTES);
            socket.liftLife();
            return hello;
        } catch (IOException e) {
            noteOnce(socket.peerHost() + ": " + socket.whyFailed(e));
            return null;
        }
    }

    /** Why a neighbour is not let in that has proved its name: another goes by it, too. */
    private String doubt(LinkMessage.Hello hello, WatchedSocket socket) {
        return outgoingTo(hello.from()).namesakes().refusal(hello.nonce(), socket.peer());
    }

    /** Logs a refusal, once until a neighbour gets in: whoever is refused will try again and again. */
    private void noteOnce(String refusal) {
        if (refusals.size() >= MAX_REFUSALS) {
            refusals.clear();
        }
        if (refusals.add(refusal)) {
            context.log().note("no link from " + refusal);
        }
    }

    /** There is one for each neighbour, and nobody else gets through the handshake. */
    private OutgoingLink outgoingTo(String neighbour) {
        return outgoing.stream().filter(link -> link.neighbour().equals(neighbour)).findFirst().orElseThrow();
    }

    /** How the links to all neighbours are, in the topology's order. */
    public List<LinkStatus> status() {
        return outgoing.stream().map(OutgoingLink::status).toList();
    }

    /** Lets every link end once its neighbour has been sent all that is queued. */
    public void stop() {
        stopped = true;
        outgoing.forEach(OutgoingLink::stop);
    }

    /** Closes all links at once. */
    public void abort() {
        outgoing.forEach(OutgoingLink::abort);
        outgoing.forEach(link -> link.namesakes().close("this server stops"));
    }
}
