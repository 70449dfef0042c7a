package dev.proxyherd.link.inquiry;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.link.handshake.Ability;
import dev.proxyherd.link.handshake.Agreement;
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

    public InquirySession(LineConnection connection, Agreement agreement, Inquiries inquiries) {
        this.connection = connection;
        this.agreement = agreement;
        this.inquiries = inquiries;
    }

    /** Answers until the other end ends, or asks what it may not. */
    public void run() throws IOException {
        LineReader in = connection.in();
        GatheringWriter out = connection.out();
        while (in.next() == LineReader.Kind.LINE) {
            switch (LinkMessages.parse(in.buffer(), in.start(), in.end(), 0)) {
                case LinkMessage.StatusWanted wanted when agreement.has(Ability.STATUS) ->
                        out.write((inquiries.status(wanted.cutoffNanos()) + '\n').getBytes(StandardCharsets.UTF_8));
                case LinkMessage.ReloadWanted wanted when agreement.has(Ability.RELOAD) ->
                        out.write((inquiries.reload(wanted.dry()) + '\n').getBytes(StandardCharsets.UTF_8));
                case LinkMessage.TraceWanted wanted when agreement.has(Ability.TRACE) ->
                        out.write(trace(inquiries.trace(wanted.client())));
                default -> {
                    out.write(LinkMessages.write(new LinkMessage.Refusal(
                            "that is no question, or not one that the handshake allows in the role "
                                    + agreement.role())));
                    out.flush();
                    return;
                }
            }
            out.flush();
        }
    }

    private static byte[] trace(@Nullable Location location) {
        String answer = location == null ? "-" : location.arrivedNanos() + " " + location;
        return (answer + '\n').getBytes(StandardCharsets.ISO_8859_1);
    }
}
