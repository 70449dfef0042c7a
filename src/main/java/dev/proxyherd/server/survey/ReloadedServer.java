package dev.proxyherd.server.survey;

import dev.proxyherd.status.ReloadStatus;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking one server to read its topology file again.
 *
 * @param server the server's name
 * @param reload what it answered; null when it did not
 * @param wasAsked whether the question has left: where no answer came, the server may nevertheless go on with it
 * @param failure why it did not answer, or null
 */
public record ReloadedServer(String server, @Nullable ReloadStatus reload, boolean wasAsked,
        @Nullable String failure) {

    /** Whether it has read a file without fault. */
    public boolean isDone() {
        return reload != null && reload.fault() == null;
    }
}
