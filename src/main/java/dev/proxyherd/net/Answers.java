package dev.proxyherd.net;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.places.PlacesDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes one connection's answers, and logs them as it does. One thread only. */
final class Answers {
    private static final byte[] INVALID = {'?', ' '};
    private static final byte[] LF = {'\n'};
    private static final byte[] BLANK_LINE = {'\n', '\n'};

    private final GatheringWriter out;
    private final LogBatch log;

    Answers(GatheringWriter out, LogBatch log) {
        this.out = out;
        this.log = log;
    }

    /** Adds a line that ends with its LF. */
    void line(byte[] line) throws IOException {
        log.out(line, 0, line.length - 1);
        out.write(line);
    }

    /** Adds the answer to what is no valid command: a copy of the line. */
    void invalid(byte[] line, int from, int to) throws IOException {
        log.outInvalid(line, from, to);
        out.write(INVALID);
        out.write(line, from, to - from);
        out.write(LF);
    }

    /** Adds a places document; only its summary is logged, since providers forbid keeping their content. */
    void document(PlacesDocument document) throws IOException {
        byte[] bytes = document.bytes();
        byte[] summary = ("places " + document.status() + ' ' + document.results() + " results " + bytes.length + " bytes")
                .getBytes(StandardCharsets.UTF_8);
        log.out(summary, 0, summary.length);
        out.write(bytes);
        out.write(BLANK_LINE);
    }

    /** Writes what has been gathered; first to the log, so that what a client has read is logged. */
    void flush() throws IOException {
        log.flush();
        out.flush();
    }
}
