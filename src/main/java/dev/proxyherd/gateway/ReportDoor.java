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

    ReportDoor(Reports reports, TrafficLog log, InstantSource clock, GatewayCounts counts) {
        this.reports = reports;
        this.log = log;
        this.clock = clock;
        this.counts = counts;
    }

    /** {@code POST /owntracks}: answers the commands and cards that there are for the device, which is none. */
    Reply ownTracks(Request request) throws IOException {
        byte[] body = request.body(HttpLimits.MAX_BODY_BYTES);
        take(request, body, () -> OwnTracks.reports(request, body));
        return Reply.ok(Reply.JSON, EMPTY_ARRAY);
    }

    /** {@code GET} and {@code POST /osmand}. */
    Reply osmAnd(Request request) throws IOException {
        byte[] body = request.body(HttpLimits.MAX_BODY_BYTES);
        take(request, body, () -> OsmAnd.reports(request, body, clock));
        return Reply.ok(Reply.TEXT, new byte[0]);
    }

    private interface Reading {
        List<Report> reports();
    }

    private void take(Request request, byte[] body, Reading reading) {
        LogBatch batch = log.batch(request.peer());
        try {
            for (Report report : reading.reports()) {
                try {
                    take(report, batch);
                } catch (Problem e) {
                    refused(request, body, e);
                }
            }
        } catch (Problem e) {
            refused(request, body, e);
        } finally {
            batch.flush();
            reports.intake().settle();
        }
    }

    private void refused(Request request, byte[] body, Problem problem) {
        counts.refusedReports.increment();
        log.note(request.peer() + ' ' + request.method() + ' ' + request.path() + " refused (" + body.length + " bytes): "
                + problem.getMessage());
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
