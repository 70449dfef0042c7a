package dev.proxyherd.gateway.reports;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.proxyherd.apps.AppTime;
import dev.proxyherd.apps.OwnTracks;
import dev.proxyherd.apps.PostedJson;
import dev.proxyherd.apps.Refusal;
import dev.proxyherd.apps.RefusedReport;
import dev.proxyherd.apps.Report;
import dev.proxyherd.foreign.ForeignTime;
import dev.proxyherd.gateway.request.Parameters;
import dev.proxyherd.gateway.request.Request;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The OsmAnd protocol of the Traccar Client apps (<a href="https://www.traccar.org/osmand/">traccar.org/osmand</a>):
 * parameters in the query or in a form, or the JSON body of newer versions. Without a time, now is meant; a fix that is
 * marked {@code valid=false} is refused.
 */
final class OsmAnd {
    private OsmAnd() {
    }

    /**
     * The reports in a request, usually one. Each is read when it is asked for, and throws a {@link RefusedReport} if it is
     * malformed.
     *
     * @throws RefusedReport if the whole is malformed
     */
    static List<Supplier<Report>> reports(Request request, byte[] body, InstantSource clock) {
        String text = new String(body, StandardCharsets.ISO_8859_1).strip();
        if (text.startsWith("{") || text.startsWith("[")) {
            List<Supplier<Report>> reports = new ArrayList<>();
            for (JsonElement element : PostedJson.elements(body)) {
                checkKind(element, request);
                addJson(element, clock, reports);
            }
            if (reports.isEmpty()) {
                throw new RefusedReport(Refusal.NO_LOCATION, "the array is empty");
            }
            return reports;
        }
        Parameters inQuery = request.parameters();
        Parameters parameters = inQuery.values().isEmpty() ? Parameters.parse(text) : inQuery;
        return List.of(() -> report(parameters, clock));
    }

    /** What apps send that should send it elsewhere. */
    private static void checkKind(JsonElement element, Request request) {
        if (OwnTracks.isOverlandBatch(element)) {
            throw OwnTracks.batchElsewhere(Parameters.shortened(request.path()));
        }
        if (element instanceof JsonObject object && object.has("_type") && !object.has("device_id")) {
            throw new RefusedReport(Refusal.WRONG_ENDPOINT,
                    "this is an OwnTracks payload; its endpoint is /owntracks, not "
                            + Parameters.shortened(request.path()));
        }
    }

    /** @throws RefusedReport if the sender says that this is no fix */
    private static void checkValid(@Nullable String valid) {
        if (valid != null && List.of("false", "0").contains(valid.strip().toLowerCase(Locale.ROOT))) {
            throw new RefusedReport(Refusal.INVALID_FIX, "the fix is marked valid=" + Parameters.shortened(valid));
        }
    }

    private static Report report(Parameters parameters, InstantSource clock) {
        String device = parameters.first("id", "deviceid");
        if (device == null) {
            throw RefusedReport.malformed("id is missing");
        }
        checkValid(parameters.get("valid"));
        String latitude = parameters.first("lat");
        String longitude = parameters.first("lon");
        String location = parameters.first("location");
        if (location != null) {
            String[] parts = location.split(",", -1);
            if (parts.length != 2) {
                throw RefusedReport.malformed("location: write latitude,longitude");
            }
            latitude = parts[0];
            longitude = parts[1];
        }
        return new Report(device, Report.number("lat", latitude), Report.number("lon", longitude),
                time(parameters.first("timestamp"), clock));
    }

    private static void addJson(JsonElement element, InstantSource clock, List<Supplier<Report>> reports) {
        if (!(element instanceof JsonObject object) || !(object.get("device_id") instanceof JsonPrimitive)) {
            reports.add(() -> {
                throw RefusedReport.malformed("device_id is missing");
            });
            return;
        }
        JsonElement location = object.get("location");
        Iterable<JsonElement> fixes = location instanceof JsonArray several && !several.isEmpty() ? several
                : List.of(location instanceof JsonObject ? location : JsonNull.INSTANCE);
        fixes.forEach(fix -> reports.add(() -> report(object, fix, clock)));
    }

    private static Report report(JsonObject sender, JsonElement location, InstantSource clock) {
        if (location.isJsonNull()) {
            throw new RefusedReport(Refusal.NO_LOCATION, "location is missing");
        }
        JsonObject fix = PostedJson.object(location);
        checkValid(PostedJson.firstOf(PostedJson.text(fix, "valid"), PostedJson.text(sender, "valid")));
        JsonElement coords = fix.get("coords");
        if (coords == null) {
            throw RefusedReport.malformed("location.coords is missing");
        }
        JsonObject place = PostedJson.object(coords);
        return new Report(Objects.requireNonNull(PostedJson.text(sender, "device_id"), "device_id is a text or number"),
                Report.number("latitude", PostedJson.text(place, "latitude")),
                Report.number("longitude", PostedJson.text(place, "longitude")),
                time(PostedJson.text(fix, "timestamp"), clock));
    }

    private static BigDecimal time(@Nullable String text, InstantSource clock) {
        return text == null ? ForeignTime.seconds(clock.instant()) : AppTime.parse(text);
    }
}
