package dev.proxyherd.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How it goes with sending a server's crossings of fences to webhooks.
 *
 * @param waiting how many messages wait, those that are on their way included
 * @param bytes how much disk the outbox takes
 * @param delivered how many messages receivers have taken since the server started
 * @param givenUp how many messages were given up since then
 * @param failing how many receivers take no messages
 * @param failures why, in words, for the first few of them
 * @param diskFailure why the outbox cannot be written; null if it can
 */
public record WebhookStatus(int waiting, long bytes, long delivered, long givenUp, int failing, List<String> failures,
        @Nullable String diskFailure) {
    public WebhookStatus {
        failures = List.copyOf(failures);
    }
}
