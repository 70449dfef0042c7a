package dev.proxyherd.store;

import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import java.time.Instant;
import java.time.InstantSource;

/** What one server does with every report of a client's, by whichever door it came. Any number of threads may report. */
public final class Reports {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ServerName server;
    private final Intake intake;
    private final InstantSource clock;

    /** @param server the name that goes into AT lines */
    public Reports(ServerName server, Intake intake, InstantSource clock) {
        this.server = server;
        this.intake = intake;
        this.clock = clock;
    }

    /** Writes a report down as heard now, takes it in, and returns what was written, whether it won or not. */
    public Location hear(Command.IAmAt report) {
        Location location = Location.heard(server, nanos(clock.instant()), report);
        intake.take(location, null);
        return location;
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }
}
