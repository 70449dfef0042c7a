package dev.proxyherd.link.inquiry;

import dev.proxyherd.io.DurationText;
import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.Sweeper;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.link.dial.Dialler;
import dev.proxyherd.link.handshake.Ability;
import dev.proxyherd.link.handshake.Agreement;
import dev.proxyherd.link.handshake.Handshake;
import dev.proxyherd.link.handshake.Secret;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;

/** Asks one server: the dialling end of the roles STATUS and CHANGE. One thread only. */
public final class InquiryClient implements AutoCloseable {
    private static final String NAME = "status";
    private static final int MAX_ANSWER = 1024 * 1024;

    private final LineConnection connection;
    private final Agreement agreement;

    private InquiryClient(LineConnection connection, Agreement agreement) {
        this.connection = connection;
        this.agreement = agreement;
    }

    /**
     * Connects to a server and proves that the secret is known.
     *
     * @param role STATUS, or CHANGE to have something changed
     * @param limit how long connecting, and later all that is asked, may take
     * @param sweeper runs, and enforces that
     * @throws IOException if the server is not there or refuses; the message says why
     */
    public static InquiryClient connect(LinkMessage.Role role, String server, ServerAddress address, Secret secret,
            Duration limit, Sweeper sweeper) throws IOException, InterruptedException {
        Handshake handshake = new Handshake(NAME, secret, Duration.ZERO, new SecureRandom());
        handshake.prepare();
        WatchedSocket socket = new WatchedSocket(new Dialler(address, limit).dial().socket());
        try {
            socket.limitLife(limit, "no answer within " + DurationText.of(limit));
            sweeper.watch(socket);
            LineConnection connection = LineConnection.over(socket, MAX_ANSWER);
            return new InquiryClient(connection, handshake.dial(role, server, proved -> {}, connection));
        } catch (IOException e) {
            socket.close();
            throw new IOException(socket.whyFailed(e), e);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The server's state as JSON; locations before the cutoff (POSIX nanoseconds) are left out of its digest. */
    public String status(long cutoffNanos) throws IOException {
        return ask(Ability.STATUS, new LinkMessage.StatusWanted(cutoffNanos), StandardCharsets.UTF_8);
    }

    /** {@code -}, or when the client's location arrived there (POSIX nanoseconds), a space, and its AT line. */
    public String trace(String client) throws IOException {
        return ask(Ability.TRACE, new LinkMessage.TraceWanted(client), StandardCharsets.ISO_8859_1);
    }

    /** Lets the server read its topology file again, in the role CHANGE; what came of it as JSON. */
    public String reload(boolean dry) throws IOException {
        return ask(Ability.RELOAD, new LinkMessage.ReloadWanted(dry), StandardCharsets.UTF_8);
    }

    private String ask(Ability ability, LinkMessage question, Charset charset) throws IOException {
        if (!agreement.has(ability)) {
            throw new IOException(
                    "its build does not answer the question " + ability.word() + "; run a newer one there");
        }
        LineReader in = connection.in();
        try {
            connection.out().write(LinkMessages.write(question));
            connection.out().flush();
            if (in.next() != LineReader.Kind.LINE) {
                throw new IOException("the server closed the connection");
            }
        } catch (IOException e) {
            throw new IOException(connection.socket().whyFailed(e), e);
        }
        return new String(in.buffer(), in.start(), in.end() - in.start(), charset);
    }

    @Override
    public void close() {
        connection.socket().close();
    }
}
