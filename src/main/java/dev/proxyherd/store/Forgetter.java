package dev.proxyherd.store;

import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import java.time.InstantSource;

/** Writes down, at one server, that clients are to be forgotten. Any number of threads may ask. */
public final class Forgetter {
    private final ServerName server;
    private final LocationStore store;
    private final Intake intake;
    private final InstantSource clock;

    /** @param server the name that goes into GONE lines */
    public Forgetter(ServerName server, LocationStore store, Intake intake, InstantSource clock) {
        this.server = server;
        this.store = store;
        this.intake = intake;
        this.clock = clock;
    }

    /**
     * Erases what is known of a client, and has neighbours do likewise: all reports whose client time is not later than
     * what is written lose from now on. Nobody may be told before {@link #settle} has returned.
     *
     * @param client its ID, see {@link Location#isClient}
     * @param notBeforeNanos the least time to write, POSIX nanoseconds; this server's clock and what it has stored may
     *     make it later
     * @return what was written down
     */
    public Location forget(String client, long notBeforeNanos) {
        long now = Expiry.nanos(clock.instant());
        Location known = store.find(client);
        long time = Math.max(Math.max(now, notBeforeNanos), known == null ? 0 : erasing(known));
        Location gone = Location.gone(server, now, client, Math.min(time, Location.MAX_GONE_NANOS));
        intake.take(gone, null);
        return gone;
    }

    /** Returns when all that was written before is as safe as an answer to a report must be. */
    public void settle() {
        intake.settle();
    }

    /** The least time, in POSIX nanoseconds, that erases a location: one past it, where it is not erased already. */
    public static long erasing(Location known) {
        return known.isGone() ? known.timeNanos() : known.timeNanos() + 1;
    }
}
