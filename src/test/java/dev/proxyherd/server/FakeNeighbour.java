package dev.proxyherd.server;

import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.HelloValues;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One end of a link, step by step, as a test wants it: it does nothing by itself, so it sends no heartbeats either. */
public final class FakeNeighbour implements AutoCloseable {
    public static final String DIALLER = "dialler";
    public static final String ACCEPTOR = "acceptor";
    public static final String NONCE = "00112233445566778899aabbccddeeff";

    /** What it says of itself: all that a neighbour of this version may say. */
    public static final HelloValues VALUES =
            HelloValues.NONE.with("abilities", "resync,gone,namesake").with("expireAfter", "0")
                    .with("forgetKeep", "0");

    private final RawClient connection;

    public FakeNeighbour(RawClient connection) {
        this.connection = connection;
    }

    /** Dials a server under a name and goes through the handshake. */
    public static FakeNeighbour dial(TestHerd herd, String self, String server) throws IOException {
        return dial(herd, self, server, NONCE);
    }

    /** As {@link #dial}, with a nonce of another life than that of {@link #accept}, should it begin otherwise. */
    public static FakeNeighbour dial(TestHerd herd, String self, String server, String nonce) throws IOException {
        return dial(herd, helloOf(self, server, nonce));
    }

    /** Dials a server with this first line and goes through the handshake. */
    public static FakeNeighbour dial(TestHerd herd, LinkMessage.Hello hello) throws IOException {
        FakeNeighbour link = new FakeNeighbour(herd.connect(hello.to()));
        link.prove(hello);
        link.expect(LinkMessage.Welcome.class);
        return link;
    }

    /** Goes through the handshake up to the proof, and returns why it is refused. */
    public String refusal(String self, String server, String nonce) throws IOException {
        prove(helloOf(self, server, nonce));
        return expect(LinkMessage.Denial.class).reason();
    }

    private void prove(LinkMessage.Hello hello) throws IOException {
        send(hello);
        LinkMessage.Challenge challenge = expect(LinkMessage.Challenge.class);
        send(new LinkMessage.Proof(
                proof(TestHerd.SECRET, DIALLER, hello, challenge, "")));
    }

    /** As {@link #welcome}; says then that it knows nothing, so it is taught all there is. */
    public static FakeNeighbour accept(ServerSocket listener, String self) throws IOException {
        FakeNeighbour link = welcome(listener, self);
        link.send(new LinkMessage.Digests(Cutoffs.NONE, new long[LocationStore.BUCKETS]));
        return link;
    }

    /** Waits until a server dials a neighbour of this name here, and goes through the handshake, to the first question. */
    public static FakeNeighbour welcome(ServerSocket listener, String self) throws IOException {
        FakeNeighbour link = shakeHands(listener, self);
        link.expect(LinkMessage.DigestsWanted.class);
        return link;
    }

    /** Waits until a server dials a neighbour of this name here, and goes through the handshake. */
    public static FakeNeighbour shakeHands(ServerSocket listener, String self) throws IOException {
        return shakeHands(listener, self, NONCE);
    }

    /** As {@link #shakeHands}, with a nonce, which tells what process it is. */
    public static FakeNeighbour shakeHands(ServerSocket listener, String self, String nonce) throws IOException {
        listener.setSoTimeout((int) Await.LIMIT.toMillis());
        FakeNeighbour link = new FakeNeighbour(new RawClient(listener.accept()));
        LinkMessage.Hello hello = link.expect(LinkMessage.Hello.class);
        link.welcome(hello, VALUES, nonce);
        return link;
    }

    /** The rest of an acceptor's handshake, after the dialler's first line. */
    public void welcome(LinkMessage.Hello hello, HelloValues values) throws IOException {
        welcome(hello, values, NONCE);
    }

    private void welcome(LinkMessage.Hello hello, HelloValues values, String nonce) throws IOException {
        LinkMessage.Challenge challenge = new LinkMessage.Challenge(LinkMessage.VERSION, nonce, values);
        send(challenge);
        String given = expect(LinkMessage.Proof.class).proof();
        if (!given.equals(proof(TestHerd.SECRET, DIALLER, hello, challenge, ""))) {
            throw new AssertionError("a wrong proof: " + given);
        }
        send(new LinkMessage.Welcome(proof(TestHerd.SECRET, ACCEPTOR, hello, challenge, ""), HelloValues.NONE));
    }

    /** Opens the handshake and reads the challenge. */
    public LinkMessage.Challenge hello(String self, String server) throws IOException {
        send(helloOf(self, server, NONCE));
        return expect(LinkMessage.Challenge.class);
    }

    /** How it opens a handshake. */
    public static LinkMessage.Hello helloOf(String self, String server, String nonce) {
        return new LinkMessage.Hello(List.of(LinkMessage.VERSION), LinkMessage.Role.LINK, self, server, nonce, VALUES);
    }

    /**
     * The proof as the protocol has it, reckoned here once more.
     *
     * @param secret 64 hexadecimal digits
     * @param message dialler, acceptor or denial
     * @param rest what the message says after the proof
     */
    public static String proof(String secret, String message, LinkMessage.Hello hello, LinkMessage.Challenge challenge,
            String rest) {
        return proof(secret, hello.role() + "/2 " + message, line(hello), line(challenge), rest);
    }

    /** As {@link #proof}, of lines as they stand. */
    public static String proof(String secret, String claim, String hello, String challenge, String rest) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(secret), "HmacSHA256"));
            String covered = String.join("\n", "herd", claim, hello, challenge, "-", "-", rest);
            return HexFormat.of().formatHex(mac.doFinal(covered.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(LinkMessage message) {
        return new String(LinkMessages.write(message), StandardCharsets.US_ASCII).strip();
    }

    public void send(LinkMessage message) throws IOException {
        connection.send(LinkMessages.write(message));
    }

    /** Sends a line. */
    public void send(String line) throws IOException {
        connection.send(line + '\n');
    }

    public void beat() throws IOException {
        send(new LinkMessage.Heartbeat(0, System.currentTimeMillis() * 1_000_000));
    }

    /** Reads one message, which must be of this kind. */
    public <M extends LinkMessage> M expect(Class<M> kind) throws IOException {
        String line = connection.readLine();
        LinkMessage message = parse(line);
        if (!kind.isInstance(message)) {
            throw new AssertionError("not a " + kind.getSimpleName() + ": " + line);
        }
        return kind.cast(message);
    }

    /** Reads the next message of this kind, past all others. */
    public <M extends LinkMessage> M await(Class<M> kind) throws IOException {
        LinkMessage message = parse(connection.readLine());
        while (!kind.isInstance(message)) {
            message = parse(connection.readLine());
        }
        return kind.cast(message);
    }

    private static LinkMessage parse(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return LinkMessages.parse(bytes, 0, bytes.length, 0);
    }

    /** Reads the next AT or GONE line, past heartbeats and what is asked about the store. */
    public String readLine() throws IOException {
        String line = connection.readLine();
        while (!line.startsWith("AT ") && !line.startsWith("GONE ") && !line.startsWith("REFUSED")) {
            line = connection.readLine();
        }
        return line;
    }

    public RawClient connection() {
        return connection;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
