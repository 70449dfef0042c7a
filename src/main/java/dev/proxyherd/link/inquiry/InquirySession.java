package dev.proxyherd.link.inquiry;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.io.LineConnection;
import dev.proxyherd.io.LineReader;
import dev.proxyherd.link.inquiry.Inquiries.NotYetException;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.protocol.LinkMessage;
import dev.proxyherd.protocol.LinkMessages;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The accepting end of a connection that may ask, and maybe change something, on the thread of that connection. */
public final class InquirySession {
    private final LineConnection connection;
    private final Inquiries inquiries;
    private final boolean mayChange;
    private final LogBatch log;

    /**
     * @param mayChange whether the dialler has proved the CHANGE role
     * @param log of what is changed
     */
    public InquirySession(LineConnection connection, Inquiries inquiries, boolean mayChange, LogBatch log) {
        this.connection = connection;
        this.inquiries = inquiries;
        this.mayChange = mayChange;
        this.log = log;
    }

    /** Answers until the other end ends, or asks what is no question, or not for it. */
    public void run() throws IOException {
        LineReader in = connection.in();
        GatheringWriter out = connection.out();
        while (in.next() == LineReader.Kind.LINE) {
            switch (LinkMessages.parse(in.buffer(), in.start(), in.end(), 0)) {
                case LinkMessage.StatusWanted wanted ->
                        out.write((inquiries.status(wanted.cutoffs()) + '\n').getBytes(StandardCharsets.UTF_8));
                case LinkMessage.TraceWanted wanted -> out.write(trace(wanted.client()));
                case LinkMessage.ClientsWanted wanted -> {
                    inquiries.clients(wanted.pattern(), client -> out.write(line(client)));
                    out.write(line(""));
                }
                case LinkMessage.Forget wanted when mayChange -> {
                    log.renewTime();
                    log.in(in.buffer(), in.start(), in.end());
                    byte[] answer = forget(wanted);
                    log.out(answer, 0, answer.length - 1);
                    log.flush();
                    out.write(answer);
                }
                default -> {
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
