package dev.proxyherd.protocol;

/** What a client asked for. A line that is no valid command is a value too. */
public sealed interface Command {

    /**
     * "I am at": a client's report.
     *
     * @param client the client's ID, a character for each byte (ISO 8859-1)
     * @param timeNanos the client's POSIX time in nanoseconds, 0 to 9,223,372,035 s
     * @param report {@code client position time}, the bytes that the client sent, with one space between; not to be changed
     */
    record IAmAt(String client, long timeNanos, byte[] report) implements Command {
    }

    /**
     * "What is near that client?"
     *
     * @param client the client's ID, a character for each byte
     * @param radiusKm kilometres, 0 to 50
     * @param bound the most results that are wanted, 0 to 20
     */
    record WhatsAt(String client, double radiusKm, int bound) implements Command {
        /** Kilometres. */
        public static final int MAX_RADIUS_KM = 50;

        public static final int MAX_BOUND = 20;
    }

    /** Anything else; the line itself is still with whoever read it. */
    record Malformed() implements Command {
    }
}
