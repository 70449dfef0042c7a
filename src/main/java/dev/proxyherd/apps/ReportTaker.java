package dev.proxyherd.apps;

import dev.proxyherd.foreign.ClientIds;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.Reports;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes in what apps report, by whatever way: each becomes an ordinary IAMAT, and is logged as one. What is malformed or
 * refused is logged and counted by reason. Any number of threads.
 */
public final class ReportTaker {
    private final Reports reports;
    private final TrafficLog log;
    private final InstantSource clock;
    private final ReportCounts counts;
    private final boolean takesNullIsland;

    /** @param takesNullIsland whether a report of exactly 0, 0 is taken for one */
    public ReportTaker(Reports reports, TrafficLog log, InstantSource clock, ReportCounts counts,
            boolean takesNullIsland) {
        this.reports = reports;
        this.log = log;
        this.clock = clock;
        this.counts = counts;
        this.takesNullIsland = takesNullIsland;
    }

    /**
     * Takes in what was sent in one go. Each report is judged by itself: an app believes all of them to be taken, and deletes
     * them. Before it is told, {@link #settle} must have returned.
     *
     * @param peer who sends, for the log
     * @param summary what was sent and how much, for the log; asked where something was refused
     * @param rights which clients' reports may come this way
     * @param reading finds the reports; it, and each report, throws a {@link RefusedReport} for what is malformed
     * @return what was refused
     */
    public Refusals take(String peer, Supplier<String> summary, Rights rights,
            Supplier<List<Supplier<Report>>> reading) {
        Refusals refusals = new Refusals();
        LogBatch batch = log.batch(peer);
        try {
            for (Supplier<Report> report : reading.get()) {
                try {
                    refusals.addTaken(take(report.get(), rights, batch));
                } catch (RefusedReport e) {
                    refusals.add(e);
                }
            }
        } catch (RefusedReport e) {
            refusals.addWhole(e);
        } finally {
            batch.flush();
        }
        if (!refusals.isEmpty()) {
            refusals.count(counts);
            log.note(summary.get() + ": " + refusals);
        }
        return refusals;
    }

    /** Returns when what was taken in before is as safe as it must be before an app may be told. */
    public void settle() {
        reports.intake().settle();
    }

    /** Returns whose it is. */
    private String take(Report report, Rights rights, LogBatch batch) {
        if (report.isNullIsland() && !takesNullIsland) {
            throw new RefusedReport(Refusal.NULL_ISLAND,
                    "latitude and longitude are 0, which trackers without a fix send; "
                            + "--http-take-null-island takes it");
        }
        byte[] line = report.line();
        batch.in(line, 0, line.length);
        Command.IAmAt command = Report.parse(line);
        if (!rights.mayReport(command.client())) {
            throw new RefusedReport(Refusal.NOT_PERMITTED, (rights.name().isEmpty() ? "whoever has no token"
                    : "the token '" + rights.name() + "'") + " may not report '" + ClientIds.shown(command.client())
                    + "'; its report patterns say whom it may");
        }
        long now = Expiry.nanos(clock.instant());
        Location location = reports.hear(command, now);
        if (location == null) {
            batch.outInvalid(line, 0, line.length);
            throw reports.isTooFarAhead(command, now)
                    ? new RefusedReport(Refusal.TOO_FAR_AHEAD, "its time is too far ahead")
                    : new RefusedReport(Refusal.TOO_MANY_CLIENTS, "there are too many clients");
        }
        counts.countTaken();
        batch.out(location.line(), 0, location.line().length - 1);
        return command.client();
    }
}
