package dev.proxyherd.link;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
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

/** All links of one server: those it dials, and those that its neighbours dial. */
public final class Links {
    /** How many different refusals are remembered, so that each is logged once. */
    private static final int MAX_REFUSALS = 100;

    private final LinkContext context;
    private final List<OutgoingLink> outgoing;
    private final Map<String, IncomingLink> incoming = new ConcurrentHashMap<>();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();

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
            TrafficLog log,
            Sweeper sweeper,
            Executor threads) {
        SecureRandom random = new SecureRandom();
        Handshake handshake = new Handshake(self, neighbours.keySet(), secret, random);
        this.context = new LinkContext(handshake, store, log, sweeper, timing, threads);
        this.outgoing = neighbours.entrySet().stream()
                .map(entry -> new OutgoingLink(entry.getKey(), entry.getValue(), context, random))
                .toList();
    }

    /** Starts dialling all neighbours. */
    public void start() {
        outgoing.forEach(context.threads()::execute);
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
     * Takes over an accepted connection whose first line opened a handshake, and returns when the link has ended.
     *
     * @param in has just read that line
     * @param admitted runs once the other end has proved to be a neighbour
     */
    public void serve(WatchedSocket socket, LineReader in, GatheringWriter out, Intake intake, Runnable admitted) {
        String neighbour = admit(socket, in, out);
        if (neighbour == null) {
            return;
        }
        admitted.run();
        IncomingLink link = new IncomingLink(neighbour, socket, in, out, context);
        IncomingLink older = incoming.put(neighbour, link);
        if (older != null) {
            older.close("the neighbour has dialled again");
        }
        dialNow(neighbour);
        try {
            link.run(intake);
        } finally {
            incoming.remove(neighbour, link);
        }
    }

    /** Runs the handshake and returns the neighbour's name, or null if there is to be no link. */
    private String admit(WatchedSocket socket, LineReader in, GatheringWriter out) {
        try {
            LinkMessage first = LinkMessages.parse(in.buffer(), in.start(), in.end());
            in.limitLines(LinkMessage.MAX_LINE);
            socket.limitLife(context.timing().handshake());
            String neighbour = context.handshake().accept(first, in, out);
            socket.limitWrites(Duration.ZERO, "");
            socket.liftLife();
            refusals.clear();
            return neighbour;
        } catch (IOException e) {
            // Whoever closed the socket knows why; the exception then only says that it is closed.
            noteOnce(socket.peerHost() + ": " + (socket.closeReason() == null ? e.getMessage() : socket.closeReason()));
            return null;
        }
    }

    /** Logs a refusal unless it is among the last ones: whoever is refused will try again and again. */
    private void noteOnce(String refusal) {
        if (refusals.size() >= MAX_REFUSALS) {
            refusals.clear();
        }
        if (refusals.add(refusal)) {
            context.log().note("no link from " + refusal);
        }
    }

    private void dialNow(String neighbour) {
        for (OutgoingLink link : outgoing) {
            if (link.neighbour().equals(neighbour)) {
                link.dialNow();
            }
        }
    }

    /** Lets every link end once its neighbour has been sent all that is queued. */
    public void stop() {
        outgoing.forEach(OutgoingLink::stop);
    }

    /** Closes all links at once. */
    public void abort() {
        outgoing.forEach(OutgoingLink::abort);
        incoming.values().forEach(link -> link.close("this server stops"));
    }
}
