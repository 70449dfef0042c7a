package dev.proxyherd.link.handshake;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.Seal;
import dev.proxyherd.protocol.HelloValues;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Proves to both ends of a new connection that the other one holds the herd's secret and goes by a neighbour's name, and
 * settles what they may say to each other; {@link LinkMessage} shows what passes. The dialler proves itself first, so a
 * stranger gets no proof by connecting; {@link Transcript} tells what a proof covers.
 */
public final class Handshake {
    private static final int NONCE_BYTES = 16;
    private static final int INCARNATION_BYTES = 8;

    /** Begins the denial of a server whose name another one goes by. */
    public static final String CONFLICT = "another server called ";

    private static final String NO_NEIGHBOUR = " is no neighbour of ";
    private static final String NO_LONGER = " is no longer a neighbour of ";

    /** Ends the one refusal that goes away without a person. */
    private static final String NOT_READY =
            " is still replaying its journal, or waits until somebody says what that is worth; "
                    + "it will dial when it is done";

    /** Whom the accepting end lets in. */
    @FunctionalInterface
    public interface Gate {
        /** Why one that has proved its name is refused nevertheless, or null. */
        @Nullable
        String objection(Agreement dialler);

        /** What a neighbour that is let in is told in the welcome. */
        default HelloValues confidences(Agreement dialler) {
            return HelloValues.NONE;
        }
    }

    /** Begins all nonces of this process, so that a neighbour can tell it from an earlier one of the same name. */
    private final String incarnation;

    private final String self;
    private final Secret secret;
    private final Terms terms;
    private final SecureRandom random;

    /**
     * @param expiry after how long locations expire here; zero for never
     * @param forgetKeep likewise for GONE lines
     */
    public Handshake(String self, Secret secret, Duration expiry, Duration forgetKeep, SecureRandom random) {
        this.self = self;
        this.secret = secret;
        this.terms = new Terms(self, expiry.toSeconds(), forgetKeep.toSeconds());
        this.random = random;
        this.incarnation = hex(INCARNATION_BYTES);
    }

    /**
     * Why somebody who is no neighbour has no link here; the dialler understands it, and dials slowly.
     *
     * @param former whether it was one since this server's start
     */
    public String stranger(String name, boolean former) {
        return name + (former ? NO_LONGER : NO_NEIGHBOUR) + self
                + " in its topology file; put the link into the files of both, or take it out of both";
    }

    /** The name of this server. */
    public String self() {
        return self;
    }

    /** Waits until proofs can be made at once, as the handshake's time limit needs it. */
    public void prepare() {
        secret.awaitKey();
    }

    /**
     * The dialling end. Returns when the link is open; throws {@link RefusedException} when an end refuses.
     *
     * @param proved takes the neighbour's nonce as soon as it is proved, also where the neighbour then does not let us in
     */
    public Agreement dial(LinkMessage.Role role, String neighbour, Consumer<String> proved, LineConnection connection)
            throws IOException {
        LineReader in = connection.in();
        GatheringWriter out = connection.out();
        LinkMessage.Hello hello = new LinkMessage.Hello(List.of(LinkMessage.VERSION), role, self, neighbour, nonce(),
                terms.said(role));
        send(out, hello);
        if (!(read(in) instanceof LinkMessage.Challenge challenge)) {
            throw new RefusedException("what answers there is not a herd server, or one of another version");
        }
        String fault = terms.versionFault(neighbour, List.of(challenge.version()));
        fault = fault == null ? terms.fault(role, neighbour, challenge.values()) : fault;
        if (fault != null) {
            throw refuse(out, fault);
        }
        Transcript transcript = transcript(hello, challenge, connection, true);
        send(out, new LinkMessage.Proof(transcript.diallerProof(secret)));
        HelloValues told = switch (read(in)) {
            case LinkMessage.Welcome welcome -> {
                believe(transcript.welcomeProof(secret, welcome.values()), welcome.proof(), neighbour, out);
                yield welcome.values();
            }
            case LinkMessage.Denial denial -> {
                believe(transcript.denialProof(secret, denial.reason()), denial.proof(), neighbour, out);
                proved.accept(challenge.nonce());
                throw new RefusedException("it refused: " + denial.reason(), false,
                        denial.reason().startsWith(CONFLICT),
                        denial.reason().contains(NO_NEIGHBOUR) || denial.reason().contains(NO_LONGER));
            }
            default -> throw new RefusedException("it did not say WELCOME after our proof");
        };
        proved.accept(challenge.nonce());
        return new Agreement(role, neighbour, challenge.nonce(), challenge.version(),
                Terms.common(role, challenge.values()), told);
    }

    /**
     * The accepting end.
     *
     * @param first the message that opened the handshake
     * @param ready whether links may be opened already
     * @param gate has the last word on a neighbour that has proved what it said
     * @return what the dialler said of itself, proved
     */
    public Agreement accept(LinkMessage first, boolean ready, Gate gate, LineConnection connection)
            throws IOException {
        LineReader in = connection.in();
        GatheringWriter out = connection.out();
        if (!(first instanceof LinkMessage.Hello hello)) {
            throw refuse(out, "a handshake starts with HERD " + LinkMessage.VERSION + " LINK from to nonce key=value");
        }
        String fault = faultOf(hello, ready);
        if (fault != null) {
            throw refuse(out, fault);
        }
        LinkMessage.Challenge challenge = new LinkMessage.Challenge(LinkMessage.VERSION, nonce(),
                terms.said(hello.role()));
        Transcript transcript = transcript(hello, challenge, connection, false);
        send(out, challenge);
        if (!(read(in) instanceof LinkMessage.Proof given)) {
            throw refuse(out, "a proof was due");
        }
        believe(transcript.diallerProof(secret), given.proof(), hello.from(), out);
        Agreement dialler = new Agreement(hello.role(), hello.from(), hello.nonce(), challenge.version(),
                Terms.common(hello.role(), hello.values()), hello.values());
        if (hello.role() != LinkMessage.Role.LINK) {
            return welcome(transcript, HelloValues.NONE, dialler, out);
        }
        String objection = gate.objection(dialler);
        if (objection != null) {
            send(out, new LinkMessage.Denial(transcript.denialProof(secret, objection), objection));
            throw new RefusedException("refused: " + objection);
        }
        return welcome(transcript, gate.confidences(dialler), dialler, out);
    }

    private Agreement welcome(Transcript transcript, HelloValues told, Agreement dialler, GatheringWriter out)
            throws IOException {
        send(out, new LinkMessage.Welcome(transcript.welcomeProof(secret, told), told));
        return dialler;
    }

    private static Transcript transcript(LinkMessage.Hello hello, LinkMessage.Challenge challenge,
            LineConnection connection, boolean dials) {
        Seal seal = connection.socket().seal();
        String own = seal == null ? Transcript.NO_CERTIFICATE : seal.ownHash();
        String peer = seal == null ? Transcript.NO_CERTIFICATE : seal.peerHash();
        return new Transcript(hello, challenge, dials ? own : peer, dials ? peer : own);
    }

    private void believe(String expected, String given, String other, GatheringWriter out) throws IOException {
        if (!Secret.matches(expected, given)) {
            throw refuse(out, other + " does not hold the same secret as " + self);
        }
    }

    private @Nullable String faultOf(LinkMessage.Hello hello, boolean ready) {
        String version = terms.versionFault(hello.from(), hello.versions());
        if (version != null) {
            return version;
        }
        if (!hello.to().equals(self)) {
            return "this is " + self + ", not " + hello.to();
        }
        String fault = terms.fault(hello.role(), hello.from(), hello.values());
        return fault != null || ready || hello.role() != LinkMessage.Role.LINK ? fault : self + NOT_READY;
    }

    /** Tells the other end why the handshake ends here, and returns what to throw. */
    public static RefusedException refuse(GatheringWriter out, String reason) throws IOException {
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
            // No proof covers it: it may say that this server should try again, but not that another goes by its name, or
            // that it is no neighbour.
            throw new RefusedException("it refused: " + refusal.reason(), refusal.reason().endsWith(NOT_READY), false,
                    false);
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
