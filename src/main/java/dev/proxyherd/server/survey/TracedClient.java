package dev.proxyherd.server.survey;

import dev.proxyherd.protocol.Location;
import org.jspecify.annotations.Nullable;

/**
 * What one server holds for a client.
 *
 * @param server the server's name
 * @param arrivedNanos when it took that in, POSIX nanoseconds by its own clock; {@link Location#BEFORE_START} when it was
 *     there when the server started
 * @param line the AT line; null when it holds nothing, or did not answer
 * @param failure why it did not answer, or null
 */
public record TracedClient(String server, long arrivedNanos, @Nullable String line, @Nullable String failure) {
    private static final String NOTHING = "-";

    /** @param answer {@code -}, or the time of arrival, a space and the AT line; a RuntimeException if it is neither */
    static TracedClient parse(String server, String answer) {
        if (answer.equals(NOTHING)) {
            return new TracedClient(server, 0, null, null);
        }
        int space = answer.indexOf(' ');
        return new TracedClient(server, Long.parseLong(answer.substring(0, space)), answer.substring(space + 1), null);
    }
}
