package dev.proxyherd.net;

import java.time.Duration;

/**
 * What one server grants its clients.
 *
 * @param connections how many may be connected at once
 * @param lineBytes the longest line, its LF apart
 * @param idle how long a client may send nothing
 * @param unread how long a client may leave an answer unread
 * @param maxAhead how far a client's time may be ahead of the server's clock: one phone with its clock years ahead would
 *     otherwise freeze its place for ever
 * @param maxClients how many clients the server takes on by their reports; those it knows may go on reporting, and what
 *     comes over links or from the journal is always merged, so that servers cannot disagree
 */
public record ClientLimits(
        int connections, int lineBytes, Duration idle, Duration unread, Duration maxAhead, int maxClients) {
    /** The most that {@code lineBytes} may be: an AT line made of such a line must fit a link. */
    public static final int MAX_LINE_BYTES = 65_536;
}
