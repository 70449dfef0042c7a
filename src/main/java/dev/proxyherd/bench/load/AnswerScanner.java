package dev.proxyherd.bench.load;

import dev.proxyherd.bench.RequestKind;
import dev.proxyherd.bench.Tally;
import java.io.IOException;

/**
 * Finds where answers end in what a server sends. An IAMAT's is one line; a WHATSAT's goes on to the first empty line;
 * one that starts with {@code ?} is always one line.
 */
final class AnswerScanner {
    private final Flight flight;
    private final Tally tally;
    private boolean inside;
    private boolean lineOnly;
    private boolean afterLf;
    private byte first;

    AnswerScanner(Flight flight, Tally tally) {
        this.flight = flight;
        this.tally = tally;
    }

    /**
     * Takes the next bytes in.
     *
     * @param nowNanos when they were read, as {@link System#nanoTime} tells it
     * @return how many answers ended in them
     * @throws IOException if they answer nothing that was asked
     */
    int scan(byte[] bytes, int count, long nowNanos) throws IOException {
        int ended = 0;
        for (int i = 0; i < count; i++) {
            byte b = bytes[i];
            if (!inside) {
                begin(b);
            }
            if (b == '\n' && (lineOnly || afterLf)) {
                end(nowNanos);
                ended++;
            } else {
                afterLf = b == '\n';
            }
        }
        return ended;
    }

    private void begin(byte b) throws IOException {
        if (flight.size() == 0) {
            tally.malformed();
            throw new IOException("an answer that nothing was asked for");
        }
        inside = true;
        afterLf = false;
        first = b;
        lineOnly = b != 'A' || flight.oldestKind() == RequestKind.IAMAT;
    }

    private void end(long nowNanos) {
        inside = false;
        RequestKind kind = flight.oldestKind();
        long due = flight.remove();
        switch (first) {
            case 'A' -> tally.answered(kind, due, nowNanos);
            case '?' -> tally.invalid();
            default -> tally.malformed();
        }
    }
}
