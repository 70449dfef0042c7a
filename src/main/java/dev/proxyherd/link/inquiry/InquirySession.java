package dev.proxyherd.link.inquiry;

import dev.proxyherd.io.GatheringWriter;
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
        GatheringWriter out = connection.out();
        while (in.next() == LineReader.Kind.LINE) {
            switch (LinkMessages.parse(in.buffer(), in.start(), in.end(), 0)) {
                case LinkMessage.StatusWanted wanted when agreement.has(Ability.STATUS) ->
                        out.write((inquiries.status(wanted.cutoffs()) + '\n').getBytes(StandardCharsets.UTF_8));
                case LinkMessage.ReloadWanted wanted when agreement.has(Ability.RELOAD) ->
                        out.write((inquiries.reload(wanted.dry()) + '\n').getBytes(StandardCharsets.UTF_8));
                case LinkMessage.TraceWanted wanted when agreement.has(Ability.TRACE) ->
                        out.write(trace(wanted.client()));
                case LinkMessage.ClientsWanted wanted when agreement.has(Ability.CLIENTS) -> {
                    inquiries.clients(wanted.pattern(), client -> out.write(line(client)));
                    out.write(line(""));
                }
                case LinkMessage.Forget wanted when agreement.has(Ability.FORGET) -> {
                    log.renewTime();
                    log.in(in.buffer(), in.start(), in.end());
                    byte[] answer = forget(wanted);
                    log.out(answer, 0, answer.length - 1);
                    log.flush();
                    out.write(answer);
                }
                default -> {
                    out.write(LinkMessages.write(new LinkMessage.Refusal(
                            "that is no question, or not one that the handshake allows in the role "
                                    + agreement.role())));
                    out.flush();
                    return;
                }
            }
            if (!in.hasLine()) {
                out.flush();
            }
        }
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
            return inquiries.forget(wanted.client(), wanted.timeNanos()).line();
        } catch (NotYetException e) {
            return line("! " + e.getMessage());
        }
    }

    private static byte[] line(String text) {
        return (text + '\n').getBytes(StandardCharsets.ISO_8859_1);
    }
}
