package dev.proxyherd.status;

import org.jspecify.annotations.Nullable;

/**
 * How the link to one neighbour is.
 *
 * @param neighbour the neighbour's name
 * @param up whether it is open
 * @param reason why it is not, or null
 * @param queued how many clients wait in its flood queue
 * @param heardMillisAgo how long ago the neighbour was last heard on it; -1 while it is down
 * @param starts how often it has been opened since the server started
 * @param linesSent AT lines sent since then
 * @param bytesSent their bytes
 * @param linesResent those of them that comparing stores brought about
 * @param incoming whether the neighbour's own link to this server is open
 * @param namesake how two servers of one name, the neighbour's or this one's, show here, in words; null when they do not
 * @param clients how many the neighbour has said that it knows; -1 while that is not known
 */
public record LinkStatus(
        String neighbour,
        boolean up,
        @Nullable String reason,
        int queued,
        long heardMillisAgo,
        long starts,
        long linesSent,
        long bytesSent,
        long linesResent,
        boolean incoming,
        @Nullable String namesake,
        long clients) {
}
