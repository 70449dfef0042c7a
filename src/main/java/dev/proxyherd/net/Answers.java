package dev.proxyherd.net;

import dev.proxyherd.io.GatheringWriter;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.places.document.PlacesDocument;
import dev.proxyherd.places.setup.DocumentBudget;
import dev.proxyherd.store.Intake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes one connection's answers, and logs them as it does. One thread only. */
final class Answers {
    private static final byte[] INVALID = {'?', ' '};
    private static final byte[] LF = {'\n'};
    private static final byte[] BLANK_LINE = {'\n', '\n'};

    private final GatheringWriter out;
    private final LogBatch log;
    private final Intake intake;
    private final DocumentBudget.Share untaken;
    private boolean unsettled;

    /** @param untaken what documents here are charged to until they are sent; the caller releases it when all has ended */
    Answers(GatheringWriter out, LogBatch log, Intake intake, DocumentBudget.Share untaken) {
        this.out = out;
        this.log = log;
        this.intake = intake;
        this.untaken = untaken;
    }

    /** What a document is to be charged to that will be added here. */
    DocumentBudget.Share untaken() {
        return untaken;
    }

    /** Adds the answer to a report, which must be as safe as promised before this is sent. */
    void acknowledge(byte[] line) throws IOException {
        unsettled = true;
        line(line);
    }

    /** Adds a line that ends with its LF. */
    void line(byte[] line) throws IOException {
        log.out(line, 0, line.length - 1);
        makeRoom(line.length);
        out.write(line);
    }

    /** Adds the answer to what is no valid command: a copy of the line. */
    void invalid(byte[] line, int from, int to) throws IOException {
        log.outInvalid(line, from, to);
        makeRoom(INVALID.length + to - from + LF.length);
        out.write(INVALID);
        out.write(line, from, to - from);
        out.write(LF);
    }

    /**
     * Adds the whole answer to a question, which is never split: what does not fit beside the rest is sent by itself. Of
     * the document only its summary is logged, since providers forbid keeping their content.
     */
    void places(byte[] line, PlacesDocument document) throws IOException {
        byte[] bytes = document.bytes();
        log.renewTime();
        log.out(line, 0, line.length - 1);
        byte[] summary =
                ("places " + document.status() + ' ' + document.results() + " results " + bytes.length + " bytes")
                        .getBytes(StandardCharsets.UTF_8);
        log.out(summary, 0, summary.length);
        if (line.length + bytes.length + BLANK_LINE.length < out.room()) {
            out.write(line);
            out.write(bytes);
            out.write(BLANK_LINE);
        } else {
            send();
            out.writeAtOnce(line, bytes, BLANK_LINE);
            untaken.release();
        }
    }

    /** What does not fit beside the rest makes the writer write: no report may then be unsettled. */
    private void makeRoom(int length) throws IOException {
        if (length >= out.room()) {
            flush();
        }
    }

    /** Writes what has been gathered. */
    void flush() throws IOException {
        send();
        untaken.release();
    }

    /** One wait settles all that has been gathered, and what a client has read is in the log. */
    private void send() throws IOException {
        settle();
        log.flush();
        out.flush();
    }

    private void settle() {
        if (unsettled) {
            unsettled = false;
            intake.settle();
        }
    }
}
