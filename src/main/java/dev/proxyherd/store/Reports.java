package dev.proxyherd.store;

import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import java.time.Duration;

/** What one server does with every report of a client's, by whichever door it came. Any number of threads may report. */
public final class Reports {
    private final ServerName server;
    private final LocationStore store;
    private final Intake intake;
    private final long maxAheadNanos;
    private final int maxClients;

    /**
     * @param server the name that goes into AT lines
     * @param maxAhead how far a client's time may be ahead of the server's clock
     * @param maxClients how many clients are taken on; those that are known may always report
     */
    public Reports(ServerName server, LocationStore store, Intake intake, Duration maxAhead, int maxClients) {
        this.server = server;
        this.store = store;
        this.intake = intake;
        this.maxAheadNanos = maxAhead.toNanos();
        this.maxClients = maxClients;
    }

    /** Where reports go. */
    public Intake intake() {
        return intake;
    }

    /**
     * Writes a report down and takes it in. Before a client is told, {@link Intake#settle} must have returned.
     *
     * @param clockNanos this server's clock when it read the report, POSIX nanoseconds
     * @return what was written down, whether it won or not; null if the report is refused
     */
    public Location hear(Command.IAmAt report, long clockNanos) {
        if (!admits(report, clockNanos)) {
            return null;
        }
        Location location = Location.heard(server, clockNanos, report);
        intake.take(location, null);
        return location;
    }

    private boolean admits(Command.IAmAt report, long clockNanos) {
        return report.timeNanos() - clockNanos <= maxAheadNanos
                && (store.size() < maxClients || store.find(report.client()) != null);
    }
}
