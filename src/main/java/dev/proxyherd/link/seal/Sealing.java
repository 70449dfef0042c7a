package dev.proxyherd.link.seal;

import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.Seal;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.handshake.RefusedException;
import dev.proxyherd.tls.Authorities;
import dev.proxyherd.tls.TlsSet;
import dev.proxyherd.tls.sockets.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one server, or one command, seals its connections to servers. Without authorities it takes any certificate, for the
 * proofs of the handshake cover those of both ends. Any threads.
 */
public final class Sealing {
    private static final byte[] NOTHING = {};

    private final LinkTls mode;
    private final Supplier<TlsSet> sets;
    private final InstantSource clock;

    /** @param sets gives what a new connection is to use; asked only where one is in TLS */
    public Sealing(LinkTls mode, Supplier<TlsSet> sets, InstantSource clock) {
        this.mode = mode;
        this.sets = sets;
        this.clock = clock;
    }

    /**
     * Seals a connection that was dialled, if it is to be, and makes sure that it has reached whom it should, before anything
     * is said.
     *
     * @param names of which the other end's certificate must hold one, where certificates are checked
     * @throws RefusedException if the other end's certificate is not taken
     */
    public void dialled(WatchedSocket socket, Set<String> names) throws IOException {
        if (!seals(socket)) {
            return;
        }
        TlsSet set = sets.get();
        Seal seal = socket.seal(TlsContexts.dialling(set.identity()), NOTHING);
        String objection = objection(set.authorities(), seal, names);
        if (objection != null) {
            throw new RefusedException(objection);
        }
    }

    /** Whether a connection that was dialled is to be in TLS. */
    public boolean seals(WatchedSocket socket) {
        return mode.seals(socket.peerAddress());
    }

    /** Seals a connection that was accepted and begins as TLS does; its reader goes on with what is inside. */
    public void accepted(LineConnection connection) throws IOException {
        connection.socket().seal(TlsContexts.accepting(sets.get().identity(), true), connection.in().takeUnread());
    }

    /**
     * Why whoever has dialled is not let in, or null.
     *
     * @param names of which its certificate must hold one, where certificates are checked; none for a command, whose
     *     certificate may be for anybody
     */
    public @Nullable String objection(WatchedSocket socket, Set<String> names) {
        Seal seal = socket.seal();
        if (seal != null) {
            return objection(sets.get().authorities(), seal, names);
        }
        InetAddress peer = socket.peerAddress();
        return mode.seals(peer)
                ? "links " + (mode == LinkTls.ALWAYS ? "" : "from " + peer.getHostAddress() + ' ')
                        + "must be in TLS here; say --link-tls always at the end that dials, or never at both"
                : null;
    }

    private @Nullable String objection(@Nullable Authorities authorities, Seal seal, Set<String> names) {
        return authorities == null ? null : authorities.objection(seal.peer(), clock.instant(), names);
    }
}
