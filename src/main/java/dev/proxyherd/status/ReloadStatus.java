package dev.proxyherd.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a topology file again, at one server.
 *
 * @param atMillis when, POSIX milliseconds
 * @param changes what has changed, or would have, each in words
 * @param restart the names of settings that the file has changed and that take a restart: they are as they were
 * @param overruled what the file has changed and something else has the last word on, each in words
 * @param fault why nothing has changed, in words; null where the file was good
 */
public record ReloadStatus(long atMillis, List<String> changes, List<String> restart, List<String> overruled,
        @Nullable String fault) {

    public ReloadStatus {
        changes = List.copyOf(changes);
        restart = List.copyOf(restart);
        overruled = List.copyOf(overruled);
    }

    /** That nothing has changed, and why. */
    public static ReloadStatus ofFault(long atMillis, String fault) {
        return new ReloadStatus(atMillis, List.of(), List.of(), List.of(), fault);
    }

    /** Whether there is anything to tell. */
    public boolean isNews() {
        return !changes.isEmpty() || !restart.isEmpty() || !overruled.isEmpty() || fault != null;
    }
}
