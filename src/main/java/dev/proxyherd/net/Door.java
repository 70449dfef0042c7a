package dev.proxyherd.net;

import dev.proxyherd.io.Seal;
import dev.proxyherd.rights.Rights;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out what whoever connects may do. Runs on the connection's own thread. */
@FunctionalInterface
public interface Door {
    /**
     * Lets somebody in.
     *
     * @param peer who connects, for logs
     * @param seal what the ends of the connection have shown each other; null where it is plain
     * @return what they may do, asked for at each command: it may change while they are connected
     * @throws IOException if they may not come in; the message says why
     */
    Supplier<Rights> admit(String peer, @Nullable Seal seal) throws IOException;
}
