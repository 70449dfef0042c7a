package dev.proxyherd.link.inquiry;

import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.link.handshake.Ability;
import dev.proxyherd.link.handshake.Agreement;
import dev.proxyherd.link.inquiry.Inquiries.NotYetException;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The accepting end of a connection that asks, on the thread of that connection. What it may ask is what the handshake has
 * settled: so one of the role STATUS has nothing changed.
 */
public final class InquirySession {
    private final LineConnection connection;
    private final Agreement agreement;
    private final Inquiries inquiries;
    private final LogBatch log;

    /** Whether an answer is held that may not be told before what it says is safe. */
    private boolean unsettled;

    /** @param log of what is changed */
    public InquirySession(LineConnection connection, Agreement agreement, Inquiries inquiries, LogBatch log) {
        this.connection = connection;
        this.agreement = agreement;
        this.inquiries = inquiries;
        this.log = log;
    }

    /** Answers until the other end ends, or asks what it may not. */
    public void run() throws IOException {
        LineReader in = connection.in();
        while (in.next() == LineReader.Kind.LINE) {
            switch (LinkMessages.parse(in.buffer(), in.start(), in.end(), 0)) {
                case LinkMessage.StatusWanted wanted when agreement.has(Ability.STATUS) ->
                        write((inquiries.status(wanted.cutoffs()) + '\n').getBytes(StandardCharsets.UTF_8));
                case LinkMessage.ReloadWanted wanted when agreement.has(Ability.RELOAD) ->
                        write((inquiries.reload(wanted.dry()) + '\n').getBytes(StandardCharsets.UTF_8));
                case LinkMessage.TraceWanted wanted when agreement.has(Ability.TRACE) ->
                        write(trace(wanted.client()));
                case LinkMessage.ClientsWanted wanted when agreement.has(Ability.CLIENTS) -> {
                    inquiries.clients(wanted.pattern(), client -> write(line(client)));
                    write(line(""));
                }
                case LinkMessage.Forget wanted when agreement.has(Ability.FORGET) -> {
                    log.renewTime();
                    log.in(in.buffer(), in.start(), in.end());
                    byte[] answer = forget(wanted);
                    log.out(answer, 0, answer.length - 1);
                    log.flush();
                    write(answer);
                }
                default -> {
                    write(LinkMessages.write(new LinkMessage.Refusal(
                            "that is no question, or not one that the handshake allows in the role "
                                    + agreement.role())));
                    flush();
                    return;
                }
            }
            if (!in.hasLine() && !(unsettled && connection.socket().available() > 0)) {
                flush();
            }
        }
    }

    /** One wait for the disk serves for all answers that are flushed together: a batch is not answered disk by disk. */
    private void settle() {
        if (unsettled) {
            unsettled = false;
            inquiries.settle();
        }
    }

    private void flush() throws IOException {
        settle();
        connection.out().flush();
    }

    /** Adds an answer; what does not fit any more makes those before it leave. */
    private void write(byte[] answer) throws IOException {
        if (answer.length >= connection.out().room()) {
            settle();
        }
        connection.out().write(answer);
    }

    private byte[] trace(String client) {
        try {
            @Nullable
            Location location = inquiries.trace(client);
            return line(location == null ? "-" : location.arrivedNanos() + " " + location);
        } catch (NotYetException e) {
            return line("! " + e.getMessage());
        }
    }

    private byte[] forget(LinkMessage.Forget wanted) {
        try {
            byte[] answer = inquiries.forget(wanted.client(), wanted.timeNanos()).line();
            unsettled = true;
            return answer;
        } catch (NotYetException e) {
            return line("! " + e.getMessage());
        }
    }

    private static byte[] line(String text) {
        return (text + '\n').getBytes(StandardCharsets.ISO_8859_1);
    }
}
