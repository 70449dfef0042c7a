package dev.proxyherd.fences.hooks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server's webhooks are.
 *
 * @param waiting how many messages wait, those that are on their way included
 * @param bytes how much disk the outbox takes
 * @param delivered how many messages receivers have taken since the server started
 * @param givenUp how many were given up since then: for want of room, after three days, or since nobody wants them
 * @param failing for how many receivers messages wait that they did not take; those that want no more count, too
 * @param failures why they did not, for the first few of them
 * @param diskFailure why the outbox cannot be written; null if it can
 */
public record HookStatus(int waiting, long bytes, long delivered, long givenUp, int failing, List<String> failures,
        @Nullable String diskFailure) {
    public HookStatus {
        failures = List.copyOf(failures);
    }
}
