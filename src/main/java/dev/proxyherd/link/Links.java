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
import dev.proxyherd.topology.NeighbourChanges;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
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
    private final RandomGenerator random;
    private final ReentrantLock changing = new ReentrantLock();

    /** Who is told and let in; swapped as a whole, under the lock. */
    private volatile Neighbourhood neighbourhood;
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private final Set<String> strangers = ConcurrentHashMap.newKeySet();
    private final Set<String> toldStrangers = ConcurrentHashMap.newKeySet();

    /** What certificates of neighbours have been warned of; at most so many, as names are not proved yet. */
    private final Set<Unsealed> toldUnsealed = ConcurrentHashMap.newKeySet();

    private record Unsealed(String neighbour, String reason) {
    }

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
        this.handshake =
                new Handshake(settings.self(), settings.secret(), expiry.after(), expiry.forgetKeep(), random);
        this.random = random;
        this.neighbourhood = Neighbourhood.NONE.with(settings.neighbours(), this::newNeighbour);
    }

    private Neighbour newNeighbour(String name, ServerAddress address) {
        return new Neighbour(name, address, handshake, context, random);
    }

    /**
     * Starts dialling all neighbours, and lets them dial in: from now on the store can be compared with theirs. Where it fails
     * it may be called again, and goes on with those that are not dialled yet.
     */
    public void start() {
        changing.lock();
        try {
            if (!stopped) {
                started = true;
                neighbourhood.neighbours().values().forEach(Neighbour::start);
            }
        } finally {
            changing.unlock();
        }
    }

    /**
     * Has these neighbours from now on. New ones are dialled at once, those that listen elsewhere are dialled there, and the
     * links of those that are no neighbours any more end when stores have been compared once more. The links of all others
     * are not touched.
     */
    public void change(Map<String, ServerAddress> neighbours) {
        changing.lock();
        try {
            Neighbourhood before = neighbourhood;
            NeighbourChanges changes = NeighbourChanges.between(before.addresses(), neighbours);
            Neighbourhood after = before.with(neighbours, this::newNeighbour);
            neighbourhood = after;
            refusals.clear();
            strangers.clear();
            toldStrangers.clear();
            toldUnsealed.clear();
            // One that is back before its links have ended begins anew.
            before.leaving().stream().filter(one -> neighbours.containsKey(one.name()))
                    .forEach(one -> one.abort("it is a neighbour again"));
            changes.removed().forEach(name -> leave(before.neighbour(name)));
            changes.moved().forEach((name, address) -> after.neighbour(name).move(address));
            if (started && !stopped) {
                changes.added().keySet().forEach(name -> after.neighbour(name).start());
            }
        } finally {
            changing.unlock();
        }
    }

    private void leave(Neighbour neighbour) {
        neighbour.leave(handshake.stranger(neighbour.name(), true), () -> {
            changing.lock();
            try {
                neighbourhood = neighbourhood.without(neighbour);
            } finally {
                changing.unlock();
            }
        });
    }

    /**
     * Tells all neighbours but one; waits for none of them.
     *
     * @param exceptNeighbour the name of the one that knows already, or null
     */
    public void flood(Location location, @Nullable String exceptNeighbour) {
        // Read from the line once for all queues, and not at all where there is none.
        String client = null;
        for (Neighbour neighbour : neighbourhood.told()) {
            if (!neighbour.name().equals(exceptNeighbour)) {
                client = client == null ? location.client() : client;
                neighbour.offer(client, location);
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
        socket.limitLife(context.timing().sealing(), context.timing().noSealing());
        try {
            context.sealing().accepted(connection);
            limitHandshake(socket);
            LineReader.Kind kind = in.next();
            if (kind == LineReader.Kind.END) {
                throw new IOException("the other end broke off after TLS; perhaps it does not take this server's "
                        + "certificate");
            }
            if (kind != LineReader.Kind.LINE || !LinkMessages.opensHandshake(in.buffer(), in.start(), in.end())) {
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
        toldUnsealed.removeIf(told -> told.neighbour().equals(agreement.peer()));
        Neighbour neighbour = neighbourhood.neighbours().get(agreement.peer());
        if (neighbour != null) {
            neighbour.serve(agreement, connection, intake);
        } else {
            connection.socket().close(handshake.stranger(agreement.peer(), true)); // only just
        }
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
                warnOnce(first, socket.peer(), objection);
                throw Handshake.refuse(connection.out(), objection);
            }
            Agreement agreement = handshake.accept(first, started,
                    dialler -> objection(dialler.peer(), dialler.nonce(), socket.peer()), connection);
            socket.limitWrites(Duration.ZERO, "");
            socket.boundUnsent(UNSENT_BYTES);
            socket.liftLife();
            return agreement;
        } catch (IOException e) {
            noteOnce(socket.peerHost() + ": " + socket.whyFailed(e));
            return null;
        }
    }

    /** Why one that has proved its name is not let in, or null; one that is no neighbour is told of here, too. */
    private @Nullable String objection(String name, String nonce, String peer) {
        Neighbourhood now = neighbourhood;
        Neighbour neighbour = now.neighbours().get(name);
        if (neighbour != null) {
            return neighbour.refusal(nonce, peer);
        }
        String reason = handshake.stranger(name, now.former().contains(name));
        // Only one that comes again: of two that read a new link from their files, one does so first.
        if (strangers.size() < MAX_REFUSALS && !strangers.add(name) && toldStrangers.add(name)) {
            context.log().warn(name + " dials from " + peer + " and is refused: " + reason);
        }
        return reason;
    }

    /** Warns that a neighbour's certificate, or its want of TLS, keeps it out, once until it gets in; that takes a person. */
    private void warnOnce(LinkMessage first, String peer, String objection) {
        Neighbour neighbour = neighbour(first);
        if (neighbour != null && toldUnsealed.size() < MAX_REFUSALS
                && toldUnsealed.add(new Unsealed(neighbour.name(), objection))) {
            context.log().warn("who dials from " + peer + " as " + neighbour.name() + " is refused: " + objection);
        }
    }

    /** What the certificate of whoever has dialled may be for; empty for anything, as that of a command. */
    private Set<String> names(LinkMessage first) {
        Neighbour neighbour = neighbour(first);
        return neighbour == null ? Set.of() : neighbour.names();
    }

    /** The neighbour that whoever has dialled says it is, or null. */
    private @Nullable Neighbour neighbour(LinkMessage first) {
        return first instanceof LinkMessage.Hello hello && hello.role() == LinkMessage.Role.LINK
                ? neighbourhood.neighbours().get(hello.from())
                : null;
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

    /** How the links to all neighbours are, in the topology's order. */
    public List<LinkStatus> status() {
        return neighbourhood.neighbours().values().stream().map(Neighbour::status).toList();
    }

    /** Lets every link end once its neighbour has been sent all that is queued. */
    public void stop() {
        stopped = true;
        neighbourhood.told().forEach(Neighbour::stop);
    }

    /** Closes all links at once. */
    public void abort() {
        neighbourhood.told().forEach(neighbour -> neighbour.abort("this server stops"));
    }
}
