package dev.proxyherd.status;

import org.jspecify.annotations.Nullable;

/**
 * How a server's journal is.
 *
 * @param bytes the file's size
 * @param records how many records it holds, outdated ones included
 * @param replayed whether the start's replay is done
 * @param failure why nothing can be written at present, or null
 * @param lastRoundMillis how long the last round took that had anything to write and sync
 * @param unread how many of the records are kept for a start with more room, for this one had none for them
 * @param held why no link is opened with what was in it, and what a person is to do; null when nothing is in the way
 */
public record JournalStatus(long bytes, long records, boolean replayed, @Nullable String failure,
        long lastRoundMillis, long unread, @Nullable String held) {
}
