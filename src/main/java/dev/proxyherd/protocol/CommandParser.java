package dev.proxyherd.protocol;

/** Turns a line from a client into a {@link Command}; total, so it never throws. */
public final class CommandParser {
    private static final byte[] IAMAT = Ascii.bytes("IAMAT");
    private static final byte[] WHATSAT = Ascii.bytes("WHATSAT");
    private static final Command MALFORMED = new Command.Malformed();

    /** The newest time a client may claim, in seconds: its nanoseconds must fit 64 bits. */
    static final long MAX_TIME_SECONDS = 9_223_372_035L;

    private CommandParser() {
    }

    /**
     * Parses one line.
     *
     * @param line holds the line at {@code [from, to)}, without its LF; it is not kept
     */
    public static Command parse(byte[] line, int from, int to) {
        int start = Ascii.fieldStart(line, from, to);
        if (isNext(line, start, to, IAMAT)) {
            return iAmAt(line, start + IAMAT.length, to);
        }
        if (isNext(line, start, to, WHATSAT)) {
            return whatsAt(line, start + WHATSAT.length, to);
        }
        return MALFORMED;
    }

    private static boolean isNext(byte[] line, int from, int to, byte[] word) {
        int end = from + word.length;
        return end < to && Ascii.isSpace(line[end]) && Ascii.matches(line, from, end, word);
    }

    private static Command iAmAt(byte[] line, int from, int to) {
        int client = Ascii.fieldStart(line, from, to);
        int clientEnd = Ascii.fieldEnd(line, client, to);
        int position = Ascii.fieldStart(line, clientEnd, to);
        int positionEnd = Position.end(line, position, to);
        int time = Ascii.nextField(line, positionEnd, to);
        int timeEnd = timeEnd(line, time, to);
        if (timeEnd == Ascii.NONE || Ascii.fieldStart(line, timeEnd, to) != to) {
            return MALFORMED;
        }
        return new Command.IAmAt(Ascii.string(line, client, clientEnd), Decimal.nanos(line, time, timeEnd),
                report(line, client, clientEnd, position, positionEnd, time, timeEnd));
    }

    private static byte[] report(
            byte[] line, int client, int clientEnd, int position, int positionEnd, int time, int timeEnd) {
        byte[] report = new byte[clientEnd - client + positionEnd - position + timeEnd - time + 2];
        if (report.length == timeEnd - client && line[clientEnd] == ' ' && line[positionEnd] == ' ') {
            System.arraycopy(line, client, report, 0, report.length);
            return report;
        }
        int at = append(line, client, clientEnd, report, 0);
        report[at++] = ' ';
        at = append(line, position, positionEnd, report, at);
        report[at++] = ' ';
        append(line, time, timeEnd, report, at);
        return report;
    }

    private static Command whatsAt(byte[] line, int from, int to) {
        int client = Ascii.fieldStart(line, from, to);
        int clientEnd = Ascii.fieldEnd(line, client, to);
        int radius = Ascii.fieldStart(line, clientEnd, to);
        int radiusEnd = Ascii.fieldEnd(line, radius, to);
        int bound = Ascii.fieldStart(line, radiusEnd, to);
        int boundEnd = Ascii.fieldEnd(line, bound, to);
        if (Ascii.fieldStart(line, boundEnd, to) != to
                || !isRadius(line, radius, radiusEnd)
                || !isBound(line, bound, boundEnd)) {
            return MALFORMED;
        }
        return new Command.WhatsAt(
                Ascii.string(line, client, clientEnd),
                Double.parseDouble(Ascii.string(line, radius, radiusEnd)),
                (int) Decimal.integer(line, bound, boundEnd));
    }

    /** Where the client's time that starts at {@code from} ends, or {@link Ascii#NONE} if there is none. */
    static int timeEnd(byte[] line, int from, int to) {
        return Decimal.end(line, from, to, MAX_TIME_SECONDS);
    }

    private static boolean isRadius(byte[] line, int from, int to) {
        return Decimal.isNumber(line, from, to, Command.WhatsAt.MAX_RADIUS_KM);
    }

    private static boolean isBound(byte[] line, int from, int to) {
        return from < to && Ascii.digitsEnd(line, from, to) == to
                && Decimal.integer(line, from, to) <= Command.WhatsAt.MAX_BOUND;
    }

    private static int append(byte[] from, int start, int end, byte[] to, int at) {
        System.arraycopy(from, start, to, at, end - start);
        return at + end - start;
    }
}
