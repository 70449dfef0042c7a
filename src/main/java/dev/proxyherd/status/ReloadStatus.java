package dev.proxyherd.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a topology file again, at one server.
 *
 * @param atMillis when, POSIX milliseconds
 * @param changes what has changed, or would have, each in words
 * @param restart the names of settings that the file has changed and that take a restart: they are as they were
 * @param fault why nothing has changed, in words; null where the file was good
 */
public record ReloadStatus(long atMillis, List<String> changes, List<String> restart, @Nullable String fault) {

    public ReloadStatus {
        changes = List.copyOf(changes);
        restart = List.copyOf(restart);
    }

    /** Whether there is anything to tell. */
    public boolean isNews() {
        return !changes.isEmpty() || !restart.isEmpty() || fault != null;
    }
}
