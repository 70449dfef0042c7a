package dev.proxyherd.net;

import java.time.Duration;

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

    /** @throws IllegalArgumentException if {@code lineBytes} is out of its range */
    public ClientLimits {
        if (lineBytes < MIN_LINE_BYTES || lineBytes > MAX_LINE_BYTES) {
            throw new IllegalArgumentException("lines of " + lineBytes + " bytes; " + MIN_LINE_BYTES + " to "
                    + MAX_LINE_BYTES + " are possible");
        }
    }
}
