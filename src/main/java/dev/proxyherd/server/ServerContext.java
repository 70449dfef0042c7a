package dev.proxyherd.server;

import dev.proxyherd.places.setup.Lookups;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a process lends to a server that runs in it.
 *
 * @param places shared with the other servers of the process; the server does not close its provider
 * @param reloads reads the topology file again
 * @param warnings takes what a person should know at once, beside the log; it must not wait
 * @param random makes the nonces of its links
 * @param fences the fences to follow clients in; null for none
 */
public record ServerContext(Lookups places, InstantSource clock, Reloads reloads, Consumer<String> warnings,
        SecureRandom random, @Nullable FenceSettings fences) {

    /** Without fences. */
    public ServerContext(Lookups places, InstantSource clock, Reloads reloads, Consumer<String> warnings,
            SecureRandom random) {
        this(places, clock, reloads, warnings, random, null);
    }
}
