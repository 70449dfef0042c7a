package dev.proxyherd.link.handshake;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Proves to both ends of a new connection that the other one holds the herd's secret and goes by a neighbour's name;
 * {@link LinkMessage} shows what passes. Each end's proof covers both names, both ends' fresh nonces and its own role,
 * so a proof that was overheard opens nothing.
 */
public final class Handshake {
    private static final int NONCE_BYTES = 16;
    private static final int INCARNATION_BYTES = 8;

    /** Begins the refusal of a server whose name another one goes by. */
    public static final String CONFLICT = "another server called ";

    private static final String NO_NEIGHBOUR = " is no neighbour of ";
    private static final String NO_LONGER = " is no longer a neighbour of ";

    /** Ends the one refusal that goes away without a person. */
    private static final String NOT_READY = " is still replaying its journal; it will dial when it is done";

    /** Has the last word on a neighbour that has proved its name. */
    @FunctionalInterface
    public interface Doubt {
        /** Why it is refused nevertheless, or null. */
        @Nullable
        String about(LinkMessage.Hello hello);
    }

    /** Begins all nonces of this process, so that a neighbour can tell it from an earlier one of the same name. */
    private final String incarnation;

    private final String self;
    private final Secret secret;
    private final long expirySeconds;
    private final SecureRandom random;

    public Handshake(String self, Secret secret, Duration expiry, SecureRandom random) {
        this.self = self;
        this.secret = secret;
        this.expirySeconds = expiry.toSeconds();
        this.random = random;
        this.incarnation = hex(INCARNATION_BYTES);
    }

    /**
     * Why somebody who is no neighbour has no link here; the dialler understands it, and dials slowly.
     *
     * @param former whether it was one until a short time ago
     */
    public String stranger(String name, boolean former) {
        return name + (former ? NO_LONGER : NO_NEIGHBOUR) + self
                + " in its topology file; put the link into the files of both, or take it out of both";
    }

    /** The name of this server. */
    public String self() {
        return self;
    }

    /**
     * The dialling end. Returns when the link is open; throws {@link RefusedException} when an end refuses.
     *
     * @param proved takes the neighbour's nonce as soon as it is proved; the neighbour may still refuse
     * @return the neighbour's nonce
     */
    public String dial(LinkMessage.Role role, String neighbour, Consumer<String> proved, LineConnection connection)
            throws IOException {
        LineReader in = connection.in();
        GatheringWriter out = connection.out();
        String nonce = nonce();
        send(out, new LinkMessage.Hello(LinkMessage.VERSION, role, self, neighbour, nonce, expirySeconds));
        if (!(read(in) instanceof LinkMessage.Challenge challenge)) {
            throw new RefusedException("what answers there is not a herd server");
        }
        if (challenge.version() != LinkMessage.VERSION) {
            throw refuse(out, otherVersion(challenge.version()));
        }
        String expected = secret.proof(claim(role, "acceptor"), self, neighbour, nonce, challenge.nonce());
        if (!Secret.matches(expected, challenge.proof())) {
            throw refuse(out, neighbour + " does not hold the same secret as " + self);
        }
        proved.accept(challenge.nonce());
        String proof = secret.proof(claim(role, "dialler"), self, neighbour, nonce, challenge.nonce());
        send(out, new LinkMessage.Proof(proof));
        if (!(read(in) instanceof LinkMessage.Welcome)) {
            throw new RefusedException("it did not say WELCOME after our proof");
        }
        return challenge.nonce();
    }

    /**
     * The accepting end.
     *
     * @param first the message that opened the handshake
     * @param ready whether links may be opened already
     * @param doubt has the last word on a neighbour that has proved what it said
     * @return what the dialler said of itself, proved
     */
    public LinkMessage.Hello accept(LinkMessage first, boolean ready, Doubt doubt, LineConnection connection)
            throws IOException {
        LineReader in = connection.in();
        GatheringWriter out = connection.out();
        if (!(first instanceof LinkMessage.Hello hello)) {
            throw refuse(out, "a handshake starts with HERD " + LinkMessage.VERSION + " LINK from to nonce expiry");
        }
        String fault = faultOf(hello, ready);
        if (fault != null) {
            throw refuse(out, fault);
        }
        String nonce = nonce();
        String proof = secret.proof(claim(hello.role(), "acceptor"), hello.from(), self, hello.nonce(), nonce);
        send(out, new LinkMessage.Challenge(LinkMessage.VERSION, nonce, proof));
        if (!(read(in) instanceof LinkMessage.Proof given)) {
            throw refuse(out, "a proof was due");
        }
        String expected = secret.proof(claim(hello.role(), "dialler"), hello.from(), self, hello.nonce(), nonce);
        if (!Secret.matches(expected, given.proof())) {
            throw refuse(out, hello.from() + " does not hold the same secret as " + self);
        }
        String reason = hello.role() == LinkMessage.Role.LINK ? doubt.about(hello) : null;
        if (reason != null) {
            throw refuse(out, reason);
        }
        send(out, new LinkMessage.Welcome());
        return hello;
    }

    /** What a proof is for, so that none fits another role, end or version. */
    private static String claim(LinkMessage.Role role, String end) {
        return role + "/" + LinkMessage.VERSION + ' ' + end;
    }

    private @Nullable String faultOf(LinkMessage.Hello hello, boolean ready) {
        if (hello.version() != LinkMessage.VERSION) {
            return otherVersion(hello.version());
        }
        if (!hello.to().equals(self)) {
            return "this is " + self + ", not " + hello.to();
        }
        if (hello.role() == LinkMessage.Role.STATUS) {
            return null;
        }
        if (hello.expirySeconds() != expirySeconds) {
            return "locations expire after " + hello.expirySeconds() + " s at " + hello.from() + " and after "
                    + expirySeconds + " s at " + self + " (0: never); give both the same expireAfter";
        }
        return ready ? null : self + NOT_READY;
    }

    private static String otherVersion(int version) {
        return "version " + version + " of the link protocol is not spoken here, " + LinkMessage.VERSION + " is";
    }

    private static RefusedException refuse(GatheringWriter out, String reason) throws IOException {
        send(out, new LinkMessage.Refusal(reason));
        return new RefusedException("refused: " + reason);
    }

    private static void send(GatheringWriter out, LinkMessage message) throws IOException {
        out.write(LinkMessages.write(message));
        out.flush();
    }

    private static LinkMessage read(LineReader in) throws IOException {
        LineReader.Kind kind = in.next();
        if (kind != LineReader.Kind.LINE) {
            throw new IOException("the connection ended in the handshake");
        }
        LinkMessage message = LinkMessages.parse(in.buffer(), in.start(), in.end(), 0);
        if (message instanceof LinkMessage.Refusal refusal) {
            String reason = refusal.reason();
            throw new RefusedException("it refused: " + reason, reason.endsWith(NOT_READY),
                    reason.startsWith(CONFLICT), reason.contains(NO_NEIGHBOUR) || reason.contains(NO_LONGER));
        }
        return message;
    }

    /** Which incarnation of a server a nonce comes from: what begins all nonces of one process. */
    public static String incarnation(String nonce) {
        return nonce.substring(0, Math.min(2 * INCARNATION_BYTES, nonce.length()));
    }

    /** Whether both nonces come from the same process. */
    public static boolean isSameIncarnation(String nonce, String other) {
        return nonce.length() >= 2 * INCARNATION_BYTES && incarnation(nonce).equals(incarnation(other));
    }

    private String nonce() {
        return incarnation + hex(NONCE_BYTES);
    }

    private String hex(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
