package dev.proxyherd.gateway.reports;

import dev.proxyherd.apps.OwnTracks;
import dev.proxyherd.apps.Refusal;
import dev.proxyherd.apps.Refusals;
import dev.proxyherd.apps.RefusedReport;
import dev.proxyherd.apps.Report;
import dev.proxyherd.apps.ReportTaker;
import dev.proxyherd.gateway.request.JsonText;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Problem;
import dev.proxyherd.gateway.request.Reply;
import dev.proxyherd.gateway.request.Request;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes what apps report. Reports that are malformed, or refused for good, are logged, counted by reason, and answered 200 like the others, for the apps retry what is answered with an
 * error, for ever, and send nothing else before it; the answer says why where the app lets it. What was sent to the wrong
 * endpoint is answered 400: the app keeps it, and it goes where it belongs once somebody repairs the URL. What holds nothing
 * but reports that the token may not make is answered 403: OwnTracks on Android, Traccar Client and Overland keep it and go on
 * once somebody repairs the token's patterns or the device's name, OwnTracks on iOS says so and drops it.
 */
public final class ReportEndpoint {
    private static final String REFUSED = "Herd-Refused";
    private static final byte[] NOTHING_TO_TELL = {'[', ']'};
    private static final byte[] OVERLAND_OK = "{\"result\":\"ok\"}".getBytes(StandardCharsets.US_ASCII);

    private final ReportTaker taker;
    private final InstantSource clock;
    private final @Nullable Friends friends;
    private final LongBodies bodies = new LongBodies();

    /** @param friends what OwnTracks is told of others; null for nothing */
    public ReportEndpoint(ReportTaker taker, InstantSource clock, @Nullable Friends friends) {
        this.taker = taker;
        this.clock = clock;
        this.friends = friends;
    }

    /**
     * {@code POST /owntracks}: where it was taken in where the device is, answers where its friends are. Where something was
     * refused a payload says why, of a type that the apps do not know and pass over.
     */
    public Reply ownTracks(Request request) {
        Refusals refusals = take(request, LongBodies.MAX_BODY_BYTES, body -> OwnTracks.reports(body,
                Parameters.shortened(request.path()), new OwnTracksDevice(request, request.parameters())::of));
        throwIfElsewhere(refusals);
        if (friends == null && refusals.isEmpty()) {
            return Reply.ok(Reply.JSON, NOTHING_TO_TELL);
        }
        return told(Reply.ok(Reply.JSON, JsonText.document(json -> {
            json.beginArray();
            if (!refusals.isEmpty()) {
                json.beginObject().name("_type").value("refused").name("detail").value(refusals.toString()).endObject();
            }
            if (friends != null && !refusals.taken().isEmpty()) {
                friends.write(json, request.rights(), refusals.taken());
            }
            json.endArray();
        }).strip()), refusals);
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
        RefusedReport whole = refusals.whole();
        if (whole != null) {
            throw Problem.bad(whole.getMessage());
        }
        return told(Reply.ok(Reply.JSON, OVERLAND_OK), refusals);
    }

    private static void throwIfElsewhere(Refusals refusals) {
        RefusedReport whole = refusals.whole();
        if (whole != null && whole.reason() == Refusal.WRONG_ENDPOINT) {
            throw Problem.bad(whole.getMessage());
        }
    }

    private static Reply told(Reply reply, Refusals refusals) {
        return refusals.isEmpty() ? reply : reply.with(REFUSED, refusals.toString());
    }

    private Refusals take(Request request, int maxBytes, Function<byte[], List<Supplier<Report>>> reading) {
        Refusals refusals = bodies.read(request, maxBytes, body -> taker.take(request.peer(),
                () -> request.summary() + " refused (" + body.length + " bytes)", request.rights(),
                () -> read(body, reading)));
        taker.settle();
        if (refusals.isForbidden()) {
            throw Problem.noted(403, refusals.toString());
        }
        return refusals;
    }

    /** What is wrong with a query makes the whole no report. */
    private static List<Supplier<Report>> read(byte[] body, Function<byte[], List<Supplier<Report>>> reading) {
        try {
            return reading.apply(body);
        } catch (Problem e) {
            throw RefusedReport.malformed(e.getMessage());
        }
    }
}
