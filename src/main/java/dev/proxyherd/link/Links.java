package dev.proxyherd.link;

import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.handshake.Agreement;
import dev.proxyherd.link.handshake.Handshake;
import dev.proxyherd.link.inquiry.Inquiries;
import dev.proxyherd.link.inquiry.InquirySession;
import dev.proxyherd.link.session.LinkContext;
import dev.proxyherd.link.session.Neighbour;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.status.LinkStatus;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.Intake;
import dev.proxyherd.store.Room;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** All links of one server: those it dials, and those that its neighbours dial. Any threads. */
public final class Links {
    /** How many different refusals are remembered, so that each is logged once. */
    private static final int MAX_REFUSALS = 100;

    /** What the system may hold for a neighbour, in bytes: enough for long lines and a long way. */
    private static final int UNSENT_BYTES = 1024 * 1024;

    /** How long a connection that asks may stay. */
    private static final Duration INQUIRY_LIMIT = Duration.ofSeconds(60);

    private final LinkContext context;
    private final Handshake handshake;
    private final List<Neighbour> neighbours;
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private volatile boolean started;
    private volatile boolean stopped;

    /**
     * @param room has the store that is taught to neighbours, and compared with theirs
     * @param threads starts a virtual thread for each task
     */
    public Links(LinkSettings settings, Room room, Expiry expiry, TrafficLog log, Sweeper sweeper,
            Executor threads) {
        SecureRandom random = settings.random();
        this.context = new LinkContext(room, expiry, log, sweeper, settings.timing(), settings.sealing(),
                threads);
        this.handshake = new Handshake(settings.self(), settings.neighbours().keySet(), settings.secret(),
                expiry.after(), expiry.forgetKeep(), random);
        this.neighbours = settings.neighbours().entrySet().stream()
                .map(entry -> new Neighbour(entry.getKey(), entry.getValue(), handshake, context, random))
                .toList();
    }

    /** Starts dialling all neighbours, and lets them dial in: from now on the store can be compared with theirs. */
    public void start() {
        if (stopped) {
            return;
        }
        started = true;
        neighbours.forEach(Neighbour::start);
    }

    /**
     * Tells all neighbours but one; waits for none of them.
     *
     * @param exceptNeighbour the name of the one that knows already, or null
     */
    public void flood(Location location, @Nullable String exceptNeighbour) {
        for (Neighbour neighbour : neighbours) {
            if (!neighbour.name().equals(exceptNeighbour)) {
                neighbour.offer(location);
            }
        }
    }

    /**
     * Takes over an accepted connection whose first line opened a handshake, and returns when it has ended.
     *
     * @param connection its reader has just read that line
     * @param admitted runs once the other end has proved to be a neighbour
     */
    public void serve(LineConnection connection, Intake intake, Inquiries inquiries, Runnable admitted) {
        limitHandshake(connection.socket());
        begin(connection, intake, inquiries, admitted);
    }

    /**
     * Takes over an accepted connection that begins as TLS does, and returns when it has ended. Inside it only handshakes are
     * served.
     *
     * @param connection its reader has looked at the first bytes
     * @param admitted runs once the other end has proved to be a neighbour
     */
    public void serveSealed(LineConnection connection, Intake intake, Inquiries inquiries, Runnable admitted) {
        WatchedSocket socket = connection.socket();
        LineReader in = connection.in();
        limitHandshake(socket);
        try {
            context.sealing().accepted(connection);
            if (in.next() != LineReader.Kind.LINE || !LinkMessages.opensHandshake(in.buffer(), in.start(), in.end())) {
                throw new IOException("what came in TLS opens no handshake");
            }
        } catch (IOException e) {
            if (socket.closeReason() == null) {
                noteOnce(socket.peerHost() + ": " + e.getMessage());
            }
            return;
        }
        begin(connection, intake, inquiries, admitted);
    }

    private void limitHandshake(WatchedSocket socket) {
        socket.limitLife(context.timing().handshake(), context.timing().noHandshake());
    }

    private void begin(LineConnection connection, Intake intake, Inquiries inquiries, Runnable admitted) {
        Agreement agreement = shakeHands(connection);
        if (agreement == null) {
            return;
        }
        if (agreement.role() != LinkMessage.Role.LINK) {
            answer(connection, agreement, inquiries);
            return;
        }
        admitted.run();
        refusals.clear();
        neighbour(agreement.peer()).serve(agreement, connection, intake);
    }

    private void answer(LineConnection connection, Agreement agreement, Inquiries inquiries) {
        WatchedSocket socket = connection.socket();
        socket.limitLife(INQUIRY_LIMIT, "has asked for " + INQUIRY_LIMIT.toSeconds() + " s");
        try {
            new InquirySession(connection, agreement, inquiries, context.log().batch(socket.peer())).run();
        } catch (IOException e) {
            socket.close(String.valueOf(e.getMessage()));
        }
    }

    /** Runs the handshake and returns what the other end proved, or null if there is to be no link. */
    private @Nullable Agreement shakeHands(LineConnection connection) {
        WatchedSocket socket = connection.socket();
        LineReader in = connection.in();
        try {
            LinkMessage first = LinkMessages.parse(in.buffer(), in.start(), in.end(), 0);
            in.limitLines(LinkMessage.MAX_LINE);
            String objection = context.sealing().objection(socket, names(first));
            if (objection != null) {
                throw Handshake.refuse(connection.out(), objection);
            }
            Agreement agreement = handshake.accept(first, started,
                    dialler -> neighbour(dialler.peer()).refusal(dialler.nonce(), socket.peer()), connection);
            socket.limitWrites(Duration.ZERO, "");
            socket.boundUnsent(UNSENT_BYTES);
            socket.liftLife();
            return agreement;
        } catch (IOException e) {
            noteOnce(socket.peerHost() + ": " + socket.whyFailed(e));
            return null;
        }
    }

    /** What the certificate of whoever has dialled may be for; empty for anything, as that of a command. */
    private Set<String> names(LinkMessage first) {
        return first instanceof LinkMessage.Hello hello && hello.role() == LinkMessage.Role.LINK
                ? neighbours.stream().filter(one -> one.name().equals(hello.from())).findFirst()
                        .map(Neighbour::names).orElse(Set.of())
                : Set.of();
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

    /** There is one for each name, and nobody else gets through the handshake. */
    private Neighbour neighbour(String name) {
        return neighbours.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    /** How the links to all neighbours are, in the topology's order. */
    public List<LinkStatus> status() {
        return neighbours.stream().map(Neighbour::status).toList();
    }

    /** Lets every link end once its neighbour has been sent all that is queued. */
    public void stop() {
        stopped = true;
        neighbours.forEach(Neighbour::stop);
    }

    /** Closes all links at once. */
    public void abort() {
        neighbours.forEach(Neighbour::abort);
    }
}
