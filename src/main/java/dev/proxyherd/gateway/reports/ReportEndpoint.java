package dev.proxyherd.gateway.reports;

import dev.proxyherd.gateway.request.JsonText;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import dev.proxyherd.log.LogBatch;
import dev.proxyherd.log.TrafficLog;
import dev.proxyherd.protocol.Command;
import dev.proxyherd.protocol.Location;
import dev.proxyherd.rights.Rights;
import dev.proxyherd.store.Expiry;
import dev.proxyherd.store.Reports;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes what apps report: each becomes an ordinary IAMAT, and is logged as one. Reports that are malformed, or refused for
 * good, are logged, counted by reason, and answered 200 like the others, for the apps retry what is answered with an
 * error, for ever, and send nothing else before it; the answer says why where the app lets it. What was sent to the wrong
 * endpoint is answered 400: the app keeps it, and it goes where it belongs once somebody repairs the URL. What holds nothing
 * but reports that the token may not make is answered 403: OwnTracks on Android, Traccar Client and Overland keep it and go on
 * once somebody repairs the token's patterns or the device's name, OwnTracks on iOS says so and drops it.
 */
public final class ReportEndpoint {
    private static final String REFUSED = "Herd-Refused";
    private static final byte[] OVERLAND_OK = "{\"result\":\"ok\"}".getBytes(StandardCharsets.US_ASCII);

    private final Reports reports;
    private final TrafficLog log;
    private final InstantSource clock;
    private final ReportCounts counts;
    private final boolean takesNullIsland;
    private final LongBodies bodies = new LongBodies();

    /** @param takesNullIsland whether a report of exactly 0, 0 is taken for one */
    public ReportEndpoint(Reports reports, TrafficLog log, InstantSource clock, ReportCounts counts,
            boolean takesNullIsland) {
        this.reports = reports;
        this.log = log;
        this.clock = clock;
        this.counts = counts;
        this.takesNullIsland = takesNullIsland;
    }

    /**
     * {@code POST /owntracks}: answers the commands and cards that there are for the device, which is none. Where
     * something was refused a payload says why, of a type that the apps do not know and pass over.
     */
    public Reply ownTracks(Request request) {
        Refusals refusals = take(request, LongBodies.MAX_BODY_BYTES, body -> OwnTracks.reports(request, body));
        throwIfElsewhere(refusals);
        String answer = refusals.isEmpty() ? "[]"
                : JsonText.document(json -> json.beginArray().beginObject().name("_type").value("refused")
                        .name("detail").value(refusals.toString()).endObject().endArray());
        return told(Reply.ok(Reply.JSON, answer), refusals);
    }

    /** {@code GET} and {@code POST /osmand}; the apps read no further than the status. */
    public Reply osmAnd(Request request) {
        Refusals refusals = take(request, LongBodies.MAX_BODY_BYTES, body -> OsmAnd.reports(request, body, clock));
        throwIfElsewhere(refusals);
        return told(Reply.ok(Reply.TEXT, refusals.isEmpty() ? "" : "refused: " + refusals + '\n'), refusals);
    }

    /**
     * {@code POST /overland}: the app deletes a batch when it is answered exactly this. What is no batch at all is
     * answered 400, for then the app keeps it.
     */
    public Reply overland(Request request) {
        Refusals refusals = take(request, LongBodies.MAX_BATCH_BYTES, body -> Overland.reports(request, body));
        if (refusals.whole() != null) {
            throw refusals.whole();
        }
        return told(Reply.ok(Reply.JSON, OVERLAND_OK), refusals);
    }

    private static void throwIfElsewhere(Refusals refusals) {
        Problem whole = refusals.whole();
        if (whole != null && RefusedReport.reason(whole) == Refusal.WRONG_ENDPOINT) {
            throw whole;
        }
    }

    private static Reply told(Reply reply, Refusals refusals) {
        return refusals.isEmpty() ? reply : reply.with(REFUSED, refusals.toString());
    }

    private Refusals take(Request request, int maxBytes, Function<byte[], List<Supplier<Report>>> reading) {
        Refusals refusals = new Refusals();
        bodies.read(request, maxBytes, body -> take(request, body, reading, refusals));
        return refusals;
    }

    /** Each report is judged by itself: an app believes all of them to be taken, and deletes them. */
    private void take(Request request, byte[] body, Function<byte[], List<Supplier<Report>>> reading,
            Refusals refusals) {
        LogBatch batch = log.batch(request.peer());
        try {
            for (Supplier<Report> report : reading.apply(body)) {
                try {
                    take(report.get(), request.rights(), batch);
                    refusals.taken();
                } catch (Problem e) {
                    refusals.add(e);
                }
            }
        } catch (Problem e) {
            refusals.addWhole(e);
        } finally {
            batch.flush();
            reports.intake().settle();
        }
        if (!refusals.isEmpty()) {
            refusals.count(counts);
            log.note(request.summary() + " refused (" + body.length + " bytes): " + refusals);
        }
        if (refusals.isOfAnother()) {
            throw new Problem(403, refusals.toString());
        }
    }

    private void take(Report report, Rights rights, LogBatch batch) {
        if (report.isNullIsland() && !takesNullIsland) {
            throw new RefusedReport(Refusal.NULL_ISLAND,
                    "latitude and longitude are 0, which trackers without a fix send; "
                            + "--http-take-null-island takes it");
        }
        byte[] line = report.line();
        batch.in(line, 0, line.length);
        Command.IAmAt command = Report.parse(line);
        if (!rights.mayReport(command.client())) {
            throw new RefusedReport(Refusal.NOT_PERMITTED, "the token '" + rights.name() + "' may not report '"
                    + Parameters.shortened(command.client()) + "'; its report patterns say whom it may");
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
    }
}
