package dev.proxyherd.store;

import java.time.Duration;

/** Which reports a server refuses. Immutable; others may take its place while the server runs. */
public interface ReportLimits {
    /** How far a client's time may be ahead of the server's clock. */
    Duration maxAhead();

    /**
     * How many clients are taken on, by their {@link dev.proxyherd.protocol.Location#weight weight}; those that are known
     * may go on as long as they do not become heavier.
     */
    int maxClients();
}
