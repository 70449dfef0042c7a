package dev.proxyherd.store;

import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.protocol.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one server does with every report of a client's, over whichever port it came. Any number of threads may report. */
public final class Reports {
    /** So many reports in a row that are too far ahead are not all of them wrong: this server's clock is. */
    private static final int TOO_MANY_AHEAD = 10;

    private final ServerName server;
    private final Intake intake;
    private final Supplier<Duration> maxAhead;
    private final Consumer<String> warnings;
    private final AtomicInteger aheadInARow = new AtomicInteger();

    /** Null while nobody listens, which then costs a comparison. */
    private volatile @Nullable Consumer<Location> listener;

    /**
     * @param server the name that goes into AT lines
     * @param maxAhead how far a client's time may be ahead of the server's clock; asked for each report
     * @param warnings is told when this server's clock seems to be wrong
     */
    public Reports(ServerName server, Intake intake, Supplier<Duration> maxAhead, Consumer<String> warnings) {
        this.server = server;
        this.intake = intake;
        this.maxAhead = maxAhead;
        this.warnings = warnings;
    }

    /**
     * From now on it is told of every report that is taken in, whether it wins or not, on the thread that brings it: it must not
     * wait and not throw.
     */
    public void tell(Consumer<Location> each) {
        listener = each;
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
    public @Nullable Location hear(Command.IAmAt report, long clockNanos) {
        if (isTooFarAhead(report, clockNanos)) {
            if (aheadInARow.incrementAndGet() == TOO_MANY_AHEAD) {
                tellOfClock(clockNanos);
            }
            return null;
        }
        if (aheadInARow.get() != 0) {
            aheadInARow.set(0);
        }
        Location location = Location.heard(server, clockNanos, report);
        if (!intake.take(location, null)) {
            return null;
        }
        Consumer<Location> each = listener;
        if (each != null) {
            each.accept(location);
        }
        return location;
    }

    /** Whether that is why a report is refused. */
    public boolean isTooFarAhead(Command.IAmAt report, long clockNanos) {
        return report.timeNanos() - clockNanos > maxAhead.get().toNanos();
    }

    /** Once, until a report is in time again. */
    private void tellOfClock(long clockNanos) {
        warnings.accept(TOO_MANY_AHEAD
                + " reports in a row were refused, for their times are more than --max-ahead ahead of this "
                + "server's clock, which says " + Instant.EPOCH.plusNanos(clockNanos)
                + "; set it, if it is wrong, and let NTP keep it right");
    }
}
