package dev.proxyherd.server;

import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.store.LocationStore;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One end of a link, step by step, as a test wants it: it does nothing by itself, so it sends no heartbeats either. */
public final class FakeNeighbour implements AutoCloseable {
    public static final String DIALLER = "LINK/1 dialler";
    public static final String ACCEPTOR = "LINK/1 acceptor";
    public static final String NONCE = "00112233445566778899aabbccddeeff";

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
        FakeNeighbour link = new FakeNeighbour(herd.connect(server));
        LinkMessage.Challenge challenge = link.hello(self, server, nonce);
        link.send(new LinkMessage.Proof(proof(TestHerd.SECRET, DIALLER, self, server, nonce, challenge.nonce())));
        link.expect(LinkMessage.Welcome.class);
        return link;
    }

    /** Goes through the handshake up to the proof, and returns why it is refused. */
    public String refusal(String self, String server, String nonce) throws IOException {
        LinkMessage.Challenge challenge = hello(self, server, nonce);
        send(new LinkMessage.Proof(proof(TestHerd.SECRET, DIALLER, self, server, nonce, challenge.nonce())));
        return expect(LinkMessage.Refusal.class).reason();
    }

    /** As {@link #welcome}; says then that it knows nothing, so it is taught all there is. */
    public static FakeNeighbour accept(ServerSocket listener, String self) throws IOException {
        FakeNeighbour link = welcome(listener, self);
        link.send(new LinkMessage.Digests(Cutoffs.NONE, new long[LocationStore.BUCKETS]));
        return link;
    }

    /** Waits until a server dials a neighbour of this name here, and goes through the handshake, to the first question. */
    public static FakeNeighbour welcome(ServerSocket listener, String self) throws IOException {
        listener.setSoTimeout((int) Await.LIMIT.toMillis());
        FakeNeighbour link = new FakeNeighbour(new RawClient(listener.accept()));
        LinkMessage.Hello hello = link.expect(LinkMessage.Hello.class);
        String proof = proof(TestHerd.SECRET, ACCEPTOR, hello.from(), self, hello.nonce(), NONCE);
        link.send(new LinkMessage.Challenge(LinkMessage.VERSION, NONCE, proof));
        link.expect(LinkMessage.Proof.class);
        link.send(new LinkMessage.Welcome());
        link.expect(LinkMessage.DigestsWanted.class);
        return link;
    }

    /** Opens the handshake and reads the challenge. */
    public LinkMessage.Challenge hello(String self, String server) throws IOException {
        return hello(self, server, NONCE);
    }

    private LinkMessage.Challenge hello(String self, String server, String nonce) throws IOException {
        send(new LinkMessage.Hello(LinkMessage.VERSION, LinkMessage.Role.LINK, self, server, nonce, 0));
        return expect(LinkMessage.Challenge.class);
    }

    /** The proof as the protocol has it, reckoned here once more. */
    public static String proof(String secret, String role, String from, String to, String dialNonce,
            String acceptNonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String claim = String.join("\n", "herd", role, from, to, dialNonce, acceptNonce);
            return HexFormat.of().formatHex(mac.doFinal(claim.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
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
