package dev.proxyherd.link.inquiry;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The accepting end of a connection that may only ask, on the thread of that connection. */
public final class InquirySession {
    private final LineConnection connection;
    private final Inquiries inquiries;

    public InquirySession(LineConnection connection, Inquiries inquiries) {
        this.connection = connection;
        this.inquiries = inquiries;
    }

    /** Answers until the other end ends, or asks what is no question. */
    public void run() throws IOException {
        LineReader in = connection.in();
        GatheringWriter out = connection.out();
        while (in.next() == LineReader.Kind.LINE) {
            switch (LinkMessages.parse(in.buffer(), in.start(), in.end(), 0)) {
                case LinkMessage.StatusWanted wanted ->
                        out.write((inquiries.status(wanted.cutoffNanos()) + '\n').getBytes(StandardCharsets.UTF_8));
                case LinkMessage.ReloadWanted wanted ->
                        out.write((inquiries.reload(wanted.dry()) + '\n').getBytes(StandardCharsets.UTF_8));
                case LinkMessage.TraceWanted wanted -> out.write(trace(inquiries.trace(wanted.client())));
                default -> {
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
