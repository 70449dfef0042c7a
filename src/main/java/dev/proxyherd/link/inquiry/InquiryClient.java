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
import dev.proxyherd.link.handshake.RefusedException;
import dev.proxyherd.link.seal.Credentials;
import dev.proxyherd.link.seal.Sealing;
import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.topology.ServerAddress;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks one server: the dialling end of the roles STATUS and CHANGE. One thread only. */
public final class InquiryClient implements AutoCloseable {
    /** A question has been sent, and no answer has come: it may be done nevertheless. */
    public static final class UnansweredException extends IOException {
        private static final long serialVersionUID = 1;

        private UnansweredException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** Somebody is there, whose certificate is not trusted here; the message says why. */
    public static final class UntrustedException extends IOException {
        private static final long serialVersionUID = 1;

        private UntrustedException(RefusedException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static final String NAME = "status";

    /** How much longer TLS may take: a program that has just begun needs some 0.4 s of processor time for its first. */
    private static final Duration TLS_BEGINS = Duration.ofSeconds(5);

    private static final int MAX_ANSWER = 1024 * 1024;

    /** Questions that are sent before the first answer is read, and their bytes: the system holds them, whatever is not read yet. */
    private static final int AHEAD = 200;
    private static final int AHEAD_BYTES = 16 * 1024;

    private final LineConnection connection;
    private final Agreement agreement;
    private boolean hasAsked;

    private InquiryClient(LineConnection connection, Agreement agreement) {
        this.connection = connection;
        this.agreement = agreement;
    }

    /**
     * Connects to a server and proves that the secret is known.
     *
     * @param role STATUS, or CHANGE to have something changed
     * @param limit how long connecting, and later all that is asked, may take; not counting TLS, which may take as long, and
     *     some seconds
     * @param sweeper runs, and enforces that
     * @throws UntrustedException if its certificate is not taken
     * @throws IOException if the server is not there or refuses; the message says why
     */
    public static InquiryClient connect(LinkMessage.Role role, String server, ServerAddress address,
            Credentials credentials, Duration limit, Sweeper sweeper) throws IOException, InterruptedException {
        Handshake handshake =
                new Handshake(NAME, credentials.secret(), Duration.ZERO, Duration.ZERO,
                        new SecureRandom());
        handshake.prepare();
        WatchedSocket socket = new WatchedSocket(new Dialler(address, limit).dial().socket());
        try {
            sweeper.watch(socket);
            if (credentials.sealing().seals(socket)) {
                seal(socket, credentials.sealing(), Set.copyOf(List.of(server, address.host())),
                        limit.plus(TLS_BEGINS));
            }
            socket.limitLife(limit, "no answer within " + DurationText.of(limit));
            LineConnection connection = LineConnection.over(socket, MAX_ANSWER);
            return new InquiryClient(connection, handshake.dial(role, server, proved -> {}, connection));
        } catch (UntrustedException e) {
            socket.close();
            throw e;
        } catch (IOException e) {
            socket.close();
            throw new IOException(socket.whyFailed(e), e);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static void seal(WatchedSocket socket, Sealing sealing, Set<String> names, Duration limit)
            throws IOException {
        socket.limitLife(limit, "no TLS within " + DurationText.of(limit));
        try {
            sealing.dialled(socket, names);
        } catch (RefusedException e) {
            throw new UntrustedException(e);
        }
    }

    /** The server's state as JSON; what is past the cutoffs is left out of its digest. */
    public String status(Cutoffs cutoffs) throws IOException {
        return ask(Ability.STATUS, new LinkMessage.StatusWanted(cutoffs), StandardCharsets.UTF_8);
    }

    /**
     * For each client {@code -}, or {@code !} and why the server cannot say yet, or when its location arrived there (POSIX
     * nanoseconds), a space, and its AT or GONE line.
     */
    public List<String> trace(List<String> clients) throws IOException {
        return askAll(Ability.TRACE, clients.stream().map(LinkMessage.TraceWanted::new).toList());
    }

    /** The IDs of the clients that are known there and are as the pattern says. */
    public List<String> clients(String pattern) throws IOException {
        List<String> clients = new ArrayList<>();
        for (String client =
                ask(Ability.CLIENTS, new LinkMessage.ClientsWanted(pattern), StandardCharsets.ISO_8859_1); !client
                        .isEmpty(); client = read(StandardCharsets.ISO_8859_1)) {
            clients.add(client);
        }
        return clients;
    }

    /**
     * Has clients forgotten, in the CHANGE role.
     *
     * @param times for each client the least time to write, POSIX nanoseconds
     * @return for each, in the same order, the GONE line, or {@code !} and why it cannot be yet
     */
    public List<String> forget(Map<String, Long> times) throws IOException {
        return askAll(Ability.FORGET,
                times.entrySet().stream().map(one -> new LinkMessage.Forget(one.getKey(), one.getValue())).toList());
    }

    private List<String> askAll(Ability ability, List<? extends LinkMessage> questions) throws IOException {
        demand(ability);
        List<String> answers = new ArrayList<>();
        int sent = 0;
        while (answers.size() < questions.size()) {
            int bytes = 0;
            for (int ahead = 0; sent < questions.size() && ahead < AHEAD && bytes < AHEAD_BYTES; ahead++) {
                byte[] question = LinkMessages.write(questions.get(sent++));
                bytes += question.length;
                write(question);
            }
            flush();
            while (answers.size() < sent) {
                answers.add(read(StandardCharsets.ISO_8859_1));
            }
        }
        return answers;
    }

    /** Lets the server read its topology file again, in the role CHANGE; what came of it as JSON. */
    public String reload(boolean dry) throws IOException {
        return ask(Ability.RELOAD, new LinkMessage.ReloadWanted(dry), StandardCharsets.UTF_8);
    }

    private String ask(Ability ability, LinkMessage question, Charset charset) throws IOException {
        demand(ability);
        write(LinkMessages.write(question));
        flush();
        return read(charset);
    }

    /** Whether a question may have reached the server. */
    public boolean hasAsked() {
        return hasAsked;
    }

    private void demand(Ability ability) throws IOException {
        if (!agreement.has(ability)) {
            throw new IOException(
                    "its build does not answer the question " + ability.word() + "; run a newer one there");
        }
    }

    private void write(byte[] question) throws IOException {
        hasAsked = true;
        try {
            connection.out().write(question);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void flush() throws IOException {
        try {
            connection.out().flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private String read(Charset charset) throws IOException {
        LineReader in = connection.in();
        try {
            if (in.next() != LineReader.Kind.LINE) {
                throw new IOException("the server closed the connection");
            }
        } catch (IOException e) {
            throw new UnansweredException(connection.socket().whyFailed(e), e);
        }
        return new String(in.buffer(), in.start(), in.end() - in.start(), charset);
    }

    private IOException failed(IOException e) {
        return new IOException(connection.socket().whyFailed(e), e);
    }

    @Override
    public void close() {
        connection.socket().close();
    }
}
