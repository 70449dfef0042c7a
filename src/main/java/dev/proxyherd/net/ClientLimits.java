package dev.proxyherd.net;

import java.time.Duration;

/**
 * What one server grants its clients.
 *
 * @param connections how many may be connected at once
 * @param lineBytes the longest line, its LF apart
 * @param idle how long a client may send nothing
 * @param unread how long a client may leave an answer unread
 */
public record ClientLimits(int connections, int lineBytes, Duration idle, Duration unread) {
    /** The most that {@code lineBytes} may be: an AT line made of such a line must fit a link. */
    public static final int MAX_LINE_BYTES = 65_536;
}
