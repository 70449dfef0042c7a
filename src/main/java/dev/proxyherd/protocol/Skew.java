package dev.proxyherd.protocol;

/**
 * The server's clock less the client's time, in nanoseconds, and how it is written: a sign, seconds, and exactly nine
 * fraction digits ({@code +0.263873386}).
 */
final class Skew {
    private static final long NANOS = 1_000_000_000L;
    private static final int FRACTION_DIGITS = 9;

    /** The most whole seconds whose nanoseconds fit 64 bits; so many must have no fraction. */
    private static final long MAX_SECONDS = Long.MAX_VALUE / NANOS;

    private Skew() {
    }

    /** The skew as it is written. */
    static String text(long nanos) {
        byte[] text = new byte[length(nanos)];
        write(nanos, text, text.length);
        return Ascii.string(text, 0, text.length);
    }

    /** How many bytes {@link #write} will write. */
    static int length(long nanos) {
        int length = 1 + 1 + 1 + FRACTION_DIGITS;
        for (long rest = Math.abs(nanos / NANOS) / 10; rest > 0; rest /= 10) {
            length++;
        }
        return length;
    }

    /** Writes the skew so that it ends just before {@code end}. */
    static void write(long nanos, byte[] to, int end) {
        int at = end;
        long fraction = Math.abs(nanos % NANOS);
        for (int i = 0; i < FRACTION_DIGITS; i++) {
            to[--at] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        to[--at] = '.';
        long seconds = Math.abs(nanos / NANOS);
        do {
            to[--at] = (byte) ('0' + seconds % 10);
            seconds /= 10;
        } while (seconds > 0);
        to[--at] = (byte) (nanos < 0 ? '-' : '+');
    }

    /** Where the skew that starts at {@code from} ends, or {@link Ascii#NONE} if there is none that fits 64 bits. */
    static int end(byte[] line, int from, int to) {
        if (from == Ascii.NONE || from >= to || !Ascii.isSign(line[from])) {
            return Ascii.NONE;
        }
        int end = Decimal.end(line, from + 1, to, MAX_SECONDS);
        return end - from > FRACTION_DIGITS + 2 && line[end - FRACTION_DIGITS - 1] == '.' ? end : Ascii.NONE;
    }

    /** The skew in the bytes {@code [from, to)}, which hold one and nothing else. */
    static long parse(byte[] line, int from, int to) {
        long nanos = Decimal.nanos(line, from + 1, to);
        return line[from] == '-' ? -nanos : nanos;
    }
}
