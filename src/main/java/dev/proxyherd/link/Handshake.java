package dev.proxyherd.link;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * Proves to both ends of a new connection that the other one holds the herd's secret and goes by a neighbour's name;
 * {@link LinkMessage} shows what passes. Each end's proof covers both names, both ends' fresh nonces and its own role,
 * so a proof that was overheard opens nothing.
 */
final class Handshake {
    private static final int NONCE_BYTES = 16;
    private static final String DIALLER = "link/1 dialler";
    private static final String ACCEPTOR = "link/1 acceptor";

    private final String self;
    private final Set<String> neighbours;
    private final Secret secret;
    private final SecureRandom random;

    Handshake(String self, Set<String> neighbours, Secret secret, SecureRandom random) {
        this.self = self;
        this.neighbours = neighbours;
        this.secret = secret;
        this.random = random;
    }

    /** The dialling end. Returns when the link is open; throws {@link RefusedException} when an end refuses. */
    void dial(String neighbour, LineReader in, GatheringWriter out) throws IOException {
        String nonce = nonce();
        send(out, new LinkMessage.Hello(LinkMessage.VERSION, self, neighbour, nonce));
        if (!(read(in) instanceof LinkMessage.Challenge challenge)) {
            throw new RefusedException("what answers there is not a herd server");
        }
        if (challenge.version() != LinkMessage.VERSION) {
            throw refuse(out, otherVersion(challenge.version()));
        }
        String expected = secret.proof(ACCEPTOR, self, neighbour, nonce, challenge.nonce());
        if (!Secret.matches(expected, challenge.proof())) {
            throw refuse(out, neighbour + " does not hold the same secret as " + self);
        }
        send(out, new LinkMessage.Proof(secret.proof(DIALLER, self, neighbour, nonce, challenge.nonce())));
        if (!(read(in) instanceof LinkMessage.Welcome)) {
            throw new RefusedException("it did not say WELCOME after our proof");
        }
    }

    /**
     * The accepting end.
     *
     * @param first the message that opened the handshake
     * @return the neighbour's name, proved
     */
    String accept(LinkMessage first, LineReader in, GatheringWriter out) throws IOException {
        if (!(first instanceof LinkMessage.Hello hello)) {
            throw refuse(out, "a handshake starts with HERD " + LinkMessage.VERSION + " LINK from to nonce");
        }
        String fault = faultOf(hello);
        if (fault != null) {
            throw refuse(out, fault);
        }
        String nonce = nonce();
        String proof = secret.proof(ACCEPTOR, hello.from(), self, hello.nonce(), nonce);
        send(out, new LinkMessage.Challenge(LinkMessage.VERSION, nonce, proof));
        if (!(read(in) instanceof LinkMessage.Proof given)) {
            throw refuse(out, "a proof was due");
        }
        String expected = secret.proof(DIALLER, hello.from(), self, hello.nonce(), nonce);
        if (!Secret.matches(expected, given.proof())) {
            throw refuse(out, hello.from() + " does not hold the same secret as " + self);
        }
        send(out, new LinkMessage.Welcome());
        return hello.from();
    }

    private String faultOf(LinkMessage.Hello hello) {
        if (hello.version() != LinkMessage.VERSION) {
            return otherVersion(hello.version());
        }
        if (!hello.to().equals(self)) {
            return "this is " + self + ", not " + hello.to();
        }
        if (!neighbours.contains(hello.from())) {
            return hello.from() + " is no neighbour of " + self + " in its topology file";
        }
        return null;
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
        LinkMessage message = LinkMessages.parse(in.buffer(), in.start(), in.end());
        if (message instanceof LinkMessage.Refusal refusal) {
            throw new RefusedException("it refused: " + refusal.reason());
        }
        return message;
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
