package dev.proxyherd.net;

import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.io.WatchedSocket;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.places.setup.DocumentBudget;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.CommandParser;
import dev.proxyherd.protocol.HttpRequestLine;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.rights.Rights;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection, on a virtual thread of its own: reads a line, handles it, answers it, until the peer ends.
 * Answers are gathered while a complete line is already here and written in one go.
 */
final class ClientConnection {
    /** The bytes that a connection in TLS begins with: a record of the handshake (22), of version 3 point something. */
    private static final int TLS_HANDSHAKE = 0x16;

    private static final int TLS_MAJOR = 0x03;
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final LineConnection connection;
    private final WatchedSocket socket;
    private final LineReader in;
    private final LogBatch log;
    private final DocumentBudget.Share untaken;
    private final Answers answers;
    private final CommandHandler handler;
    private final @Nullable LinkEndpoint links;
    private final ClientPermit permit;
    private final @Nullable Supplier<Rights> rights;

    /** @param rights what the client may do, asked for at each command; null for everything */
    ClientConnection(WatchedSocket socket, LogBatch log, ClientPermit permit, ClientService service,
            @Nullable Supplier<Rights> rights) {
        ClientLimits limits = service.limits().get();
        this.connection = LineConnection.over(socket, limits.lineBytes());
        this.socket = socket;
        this.in = connection.in();
        this.log = log;
        this.permit = permit;
        this.rights = rights;
        this.handler = service.handler();
        this.links = service.links();
        this.untaken = handler.share();
        this.answers = new Answers(connection.out(), log, handler.intake(), untaken);
        socket.limitReads(limits.idle(), "idle for " + limits.idle().toSeconds() + " s");
        socket.limitWrites(limits.unread(), "left an answer unread for " + limits.unread().toSeconds() + " s");
    }

    /** Serves the connection to its end; the caller closes the socket. */
    void run() {
        try {
            serve();
        } catch (IOException e) {
            socket.close(String.valueOf(e.getMessage()));
        } finally {
            untaken.release();
            log.flush();
        }
    }

    /** Whether the line is a neighbour's first; one that only begins like it is a client's, and invalid. */
    private boolean opensHandshake() {
        return LinkMessages.opensHandshake(in.buffer(), in.start(), in.end())
                && LinkMessages.parse(in.buffer(), in.start(), in.end(), 0) instanceof LinkMessage.Hello;
    }

    /**
     * Reads all lines in one place, the first one too: where a virtual thread waits at the same depth each time, what it
     * keeps of its stack meanwhile stays small.
     */
    private void serve() throws IOException {
        if (links != null && in.beginsWith(TLS_HANDSHAKE, TLS_MAJOR)) {
            links.serveSealed(connection, permit::release);
            return;
        }
        boolean first = true;
        boolean waited = true;
        LineReader.Kind kind;
        while ((kind = in.next()) == LineReader.Kind.LINE) {
            if (waited) {
                log.renewTime();
            }
            if (first && links != null && opensHandshake()) {
                links.serve(connection, permit::release);
                return;
            }
            if (permit.isReserved()) {
                break;
            }
            handleLine(in.hasCarriageReturn() ? in.end() - 1 : in.end());
            if (first && HttpRequestLine.is(in.buffer(), in.start(), in.end())) {
                endHttp();
                return;
            }
            first = false;
            waited = !in.hasLine();
            if (waited) {
                answers.flush();
            }
        }
        end(kind);
    }

    private void end(LineReader.Kind kind) throws IOException {
        if (permit.isReserved()) {
            socket.close(permit.refusal());
            return;
        }
        log.renewTime();
        if (kind == LineReader.Kind.TOO_LONG) {
            log.in(in.buffer(), in.start(), in.start() + ClientLimits.MIN_LINE_BYTES);
            handler.tooLong(in.buffer(), in.start(), in.end(), answers);
            answers.flush();
            socket.linger(LINGER);
            return;
        }
        // When it is this server that ended the input, or somebody who cut a connection in TLS, what is left may be half a command: it is dropped.
        if (kind == LineReader.Kind.UNTERMINATED && socket.isEndedByPeer()) {
            handleLine(in.end());
        }
        answers.flush();
        if (socket.isReadingStopped()) {
            // What came since is not read, and closing now would reset the connection: answers on their way would be lost.
            socket.linger(LINGER);
        } else {
            socket.endWriting(LINGER);
        }
    }

    /** Answers the request line, which no command is, and reads what follows it without a look: the browser must see the end. */
    private void endHttp() throws IOException {
        answers.flush();
        socket.linger(LINGER);
        socket.close("it began with an HTTP request, and this is no HTTP port");
    }

    private void handleLine(int end) throws IOException {
        byte[] line = in.buffer();
        int start = in.start();
        log.in(line, start, end);
        Command command = CommandParser.parse(line, start, end);
        handler.handle(isPermitted(command) ? command : new Command.Malformed(), log.now(), line, start, end, answers);
    }

    /** Whether the client may say this. To who may not it is no command: as a question about a client that is not known. */
    private boolean isPermitted(Command command) {
        return rights == null || switch (command) {
            case Command.IAmAt report -> rights.get().mayReport(report.client());
            case Command.WhatsAt question -> rights.get().maySee(question.client());
            case Command.Malformed malformed -> true;
        };
    }
}
