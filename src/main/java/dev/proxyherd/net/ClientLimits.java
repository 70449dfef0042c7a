package dev.proxyherd.net;

import dev.proxyherd.io.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one server grants its clients.
 *
 * @param connections how many there may be at once
 * @param lineBytes the longest line, its LF apart
 * @param idle how long a client may send nothing
 * @param unread how long a client may leave an answer unread, or {@link #UNSENT_BYTES} of a larger one
 * @param maxAhead how far a client's time may be ahead of the server's clock: one phone with its clock years ahead would
 *     otherwise freeze its place for ever
 * @param maxClients how many clients the server takes in by whichever door, where one with a long ID or report counts as
 *     several; those it knows go on ({@link dev.proxyherd.store.Room})
 */
public record ClientLimits(
        ConnectionLimits connections, int lineBytes, Duration idle, Duration unread, Duration maxAhead,
        int maxClients) {
    /** The most that {@code lineBytes} may be: an AT line made of such a line must fit a link. */
    public static final int MAX_LINE_BYTES = 65_536;

    /**
     * The least that {@code lineBytes} may be: the answer to a longer line holds this much of it, and the line that opens
     * a handshake, which is read before it is known that a neighbour sent it, must fit.
     */
    public static final int MIN_LINE_BYTES = 1024;

    /**
     * How much the system may hold for a client that reads slowly: enough for many answers, and little enough that one who
     * reads two kilobytes a second makes room for more within the usual {@code unread}. Linux holds twice as much and a
     * write beyond that, and wakes who waits to write when it is down to two thirds.
     */
    static final int UNSENT_BYTES = 32 * 1024;

    /** Those limits that were others before, by the names of their settings, in words. */
    public List<String> changesSince(ClientLimits before) {
        List<String> words = new ArrayList<>();
        tell("maxConnections", before.connections.total(), connections.total(), words);
        tell("maxConnectionsPerHost", before.connections.perHost(), connections.perHost(), words);
        tell("maxLine", before.lineBytes, lineBytes, words);
        tell("idleTimeout", DurationText.of(before.idle), DurationText.of(idle), words);
        tell("unreadTimeout", DurationText.of(before.unread), DurationText.of(unread), words);
        tell("maxAhead", DurationText.of(before.maxAhead), DurationText.of(maxAhead), words);
        tell("maxClients", before.maxClients, maxClients, words);
        return words;
    }

    private static void tell(String name, Object before, Object after, List<String> words) {
        if (!before.equals(after)) {
            words.add(name + " is " + after + ", and was " + before);
        }
    }

    /** @throws IllegalArgumentException if {@code lineBytes} is out of its range */
    public ClientLimits {
        if (lineBytes < MIN_LINE_BYTES || lineBytes > MAX_LINE_BYTES) {
            throw new IllegalArgumentException("lines of " + lineBytes + " bytes; " + MIN_LINE_BYTES + " to "
                    + MAX_LINE_BYTES + " are possible");
        }
    }
}
