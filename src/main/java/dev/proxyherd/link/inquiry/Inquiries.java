package dev.proxyherd.link.inquiry;

import dev.proxyherd.protocol.Cutoffs;
import dev.proxyherd.protocol.Location;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked on a connection of the roles STATUS and CHANGE. A question that changes something is one of CHANGE only:
 * its {@link dev.proxyherd.link.handshake.Ability} says so.
 */
public interface Inquiries {
    /**
     * The server's state as one line of JSON.
     *
     * @param cutoffs the digest leaves out what is past these
     */
    String status(Cutoffs cutoffs);

    /**
     * Reads the topology file again, and changes what it says; what came of it as one line of JSON.
     *
     * @param dry whether only to tell what would change
     */
    String reload(boolean dry);

    /**
     * What the server holds for a client, or null.
     *
     * @throws NotYetException if that cannot be said yet
     */
    @Nullable
    Location trace(String client) throws NotYetException;

    /** Gives the IDs of all known clients that are as the pattern says, see {@code ClientPattern}, in no order. */
    void clients(String pattern, IdSink to) throws IOException;

    /**
     * Writes down that a client is to be forgotten; nobody may be told before {@link #settle} has returned.
     *
     * @param notBeforeNanos the least time to write, POSIX nanoseconds
     * @return what was written
     * @throws NotYetException if that cannot be done yet
     */
    Location forget(String client, long notBeforeNanos) throws NotYetException;

    /** Returns when all that was to be forgotten before is as safe as it must be; that may take as long as a disk does. */
    void settle();

    /** Takes IDs. */
    interface IdSink {
        void take(String client) throws IOException;
    }

    /** The server does not know yet what it will; the message says why. */
    final class NotYetException extends Exception {
        private static final long serialVersionUID = 1L;

        public NotYetException(String reason) {
            super(reason);
        }
    }
}
