package dev.proxyherd.link.inquiry;

import dev.proxyherd.protocol.Location;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked on a connection of the roles STATUS and CHANGE. A question that changes something is one of CHANGE only:
 * its {@link dev.proxyherd.link.handshake.Ability} says so.
 */
public interface Inquiries {
    /**
     * The server's state as one line of JSON.
     *
     * @param cutoffNanos the digest leaves out locations of a client time before this; 0 leaves out none
     */
    String status(long cutoffNanos);

    /**
     * Reads the topology file again, and changes what it says; what came of it as one line of JSON.
     *
     * @param dry whether only to tell what would change
     */
    String reload(boolean dry);

    /** What the server holds for a client, or null. */
    @Nullable
    Location trace(String client);
}
