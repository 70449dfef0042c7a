package dev.proxyherd.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.proxyherd.foreign.ForeignTime;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The OsmAnd protocol of the Traccar Client apps (<a href="https://www.traccar.org/osmand/">traccar.org/osmand</a>):
 * parameters in the query or in a form, or the JSON body of newer versions. Without a time, now is meant; a fix that is
 * marked {@code valid=false} is left alone.
 */
final class OsmAnd {
    private OsmAnd() {
    }

    /**
     * The reports in a request, usually one.
     *
     * @throws Problem if it is malformed
     */
    static List<Report> reports(Request request, byte[] body, InstantSource clock) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.startsWith("{") || text.startsWith("[")) {
            List<Report> reports = new ArrayList<>();
            Json.objects(body).forEach(object -> addJson(object, clock, reports));
            return reports;
        }
        Parameters parameters = request.parameters();
        if (parameters.values().isEmpty()) {
            parameters = Parameters.parse(text);
        }
        if (List.of("false", "0").contains(String.valueOf(parameters.get("valid")).toLowerCase(Locale.ROOT))) {
            return List.of();
        }
        return List.of(report(parameters, clock));
    }

    private static Report report(Parameters parameters, InstantSource clock) {
        String device = parameters.first("id", "deviceid");
        if (device == null) {
            throw Problem.bad("id is missing");
        }
        String latitude = parameters.first("lat");
        String longitude = parameters.first("lon");
        String location = parameters.first("location");
        if (location != null) {
            String[] parts = location.split(",");
            if (parts.length != 2) {
                throw Problem.bad("location: write latitude,longitude");
            }
            latitude = parts[0];
            longitude = parts[1];
        }
        return new Report(device, Report.number("lat", latitude), Report.number("lon", longitude),
                time(parameters.first("timestamp"), clock));
    }

    private static void addJson(JsonObject object, InstantSource clock, List<Report> reports) {
        String device = Json.text(object, "device_id");
        if (device == null) {
            throw Problem.bad("device_id is missing");
        }
        JsonElement location = object.get("location");
        Iterable<JsonElement> locations = location instanceof JsonArray several ? several
                : location == null ? List.of() : List.of(location);
        for (JsonElement element : locations) {
            JsonObject fix = Json.object(element);
            JsonElement coords = fix.get("coords");
            if (coords == null) {
                throw Problem.bad("location.coords is missing");
            }
            JsonObject place = Json.object(coords);
            reports.add(new Report(device, Report.number("latitude", Json.text(place, "latitude")),
                    Report.number("longitude", Json.text(place, "longitude")), time(Json.text(fix, "timestamp"), clock)));
        }
    }

    private static BigDecimal time(String text, InstantSource clock) {
        return text == null ? ForeignTime.seconds(clock.instant()) : AppTime.parse(text);
    }
}
