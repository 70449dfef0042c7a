package dev.proxyherd.gateway;

import dev.proxyherd.foreign.ForeignTime;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.store.Reports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes what apps report: each becomes an ordinary IAMAT, and is logged as one. Reports that are malformed, or refused for
 * good, are logged and answered 200 like the others, for the apps repeat what is answered with an error, for ever, and
 * send nothing else before it.
 */
final class ReportDoor {
    private static final byte[] EMPTY_ARRAY = "[]".getBytes(StandardCharsets.US_ASCII);

    private final Reports reports;
    private final TrafficLog log;
    private final InstantSource clock;
    private final GatewayCounts counts;
    private final LongBodies bodies = new LongBodies();

    ReportDoor(Reports reports, TrafficLog log, InstantSource clock, GatewayCounts counts) {
        this.reports = reports;
        this.log = log;
        this.clock = clock;
        this.counts = counts;
    }

    /** {@code POST /owntracks}: answers the commands and cards that there are for the device, which is none. */
    Reply ownTracks(Request request) throws IOException {
        bodies.read(request, body -> take(request, body, () -> OwnTracks.reports(request, body)));
        return Reply.ok(Reply.JSON, EMPTY_ARRAY);
    }

    /** {@code GET} and {@code POST /osmand}. */
    Reply osmAnd(Request request) throws IOException {
        bodies.read(request, body -> take(request, body, () -> OsmAnd.reports(request, body, clock)));
        return Reply.ok(Reply.TEXT, new byte[0]);
    }

    private interface Reading {
        List<Supplier<Report>> reports();
    }

    /** Each report is judged by itself: an app believes all of them to be taken, and deletes them. */
    private void take(Request request, byte[] body, Reading reading) {
        LogBatch batch = log.batch(request.peer());
        Refusals refusals = new Refusals();
        try {
            for (Supplier<Report> report : reading.reports()) {
                try {
                    take(report.get(), batch);
                } catch (Problem e) {
                    refusals.add(e);
                }
            }
        } catch (Problem e) {
            refusals.add(e);
        } finally {
            batch.flush();
            reports.intake().settle();
        }
        if (refusals.count > 0) {
            counts.refusedReports.add(refusals.count);
            log.note(request.summary() + " refused (" + body.length + " bytes): " + refusals);
        }
    }

    /** What was refused of one request. Told in one line, for a body may hold very many reports that are none. */
    private static final class Refusals {
        private Problem first;
        private int count;

        void add(Problem problem) {
            first = count == 0 ? problem : first;
            count++;
        }

        @Override
        public String toString() {
            return first.getMessage() + (count == 1 ? "" : "; and " + (count - 1) + " more of its reports");
        }
    }

    private void take(Report report, LogBatch batch) {
        byte[] line = report.line();
        batch.in(line, 0, line.length);
        Command.IAmAt command = Report.parse(line);
        Location location = reports.hear(command, ForeignTime.nanos(clock.instant()));
        if (location == null) {
            batch.outInvalid(line, 0, line.length);
            throw Problem.bad("its time is too far ahead, or there are too many clients");
        }
        counts.reports.increment();
        batch.out(location.line(), 0, location.line().length - 1);
    }
}
