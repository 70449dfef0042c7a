package dev.proxyherd.gateway.api;

import dev.proxyherd.status.ForgetOutcome;
import java.io.IOException;

/** Has the whole herd forget clients; any thread may ask. */
@FunctionalInterface
public interface ClientForgetter {
    /**
     * Forgets a client; asks the other servers for what they hold first, and waits a while until they have heard of it.
     *
     * @param client its ID
     * @throws IOException if that cannot be done now; the message says why
     */
    ForgetOutcome forget(String client) throws IOException, InterruptedException;
}
