package dev.proxyherd.server.survey;

import dev.proxyherd.protocol.Location;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What one server holds for a client.
 *
 * @param server the server's name
 * @param arrivedNanos when it took that in, POSIX nanoseconds by its own clock; {@link Location#BEFORE_START} when it was
 *     there when the server started
 * @param line the AT line, or the GONE line of one that was forgotten; null when it holds nothing, or did not answer
 * @param failure why it did not answer, or null
 */
public record TracedClient(String server, long arrivedNanos, @Nullable String line, @Nullable String failure) {
    private static final String NOTHING = "-";
    /** What an answer begins with that says why there is none yet. */
    static final String CANNOT = "! ";

    /**
     * @param answer {@code -}, or {@code !} and why the server cannot say yet, or the time of arrival, a space and the
     *     line; a RuntimeException if it is none of them
     */
    static TracedClient parse(String server, String answer) {
        if (answer.equals(NOTHING)) {
            return new TracedClient(server, 0, null, null);
        }
        if (answer.startsWith(CANNOT)) {
            return new TracedClient(server, 0, null, answer.substring(CANNOT.length()));
        }
        int space = answer.indexOf(' ');
        String line = answer.substring(space + 1);
        location(line);
        return new TracedClient(server, Long.parseLong(answer.substring(0, space)), line, null);
    }

    /** What the line says; null where there is none. */
    @Nullable
    Location location() {
        return line == null ? null : location(line);
    }

    /** The location in a line that must be one; an IllegalArgumentException if it is not. */
    public static Location location(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        Location location = Location.parse(bytes, 0, bytes.length, Location.BEFORE_START);
        if (location == null) {
            throw new IllegalArgumentException("no AT or GONE line");
        }
        return location;
    }
}
