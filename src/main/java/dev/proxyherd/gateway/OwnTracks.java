package dev.proxyherd.gateway;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the OwnTracks apps post in HTTP mode (<a href="https://owntracks.org/booklet/tech/http/">booklet, HTTP</a>,
 * <a href="https://owntracks.org/booklet/tech/json/">JSON</a>). Of the payloads only {@code _type: location} says where
 * a device is; the others are left alone.
 *
 * <p>The device is {@code user/device}, as in the topic {@code owntracks/user/device}: from the topic, else the headers
 * {@code X-Limit-U} and {@code X-Limit-D}, else {@code u} and {@code d} of the query or the payload, with the user of
 * basic authentication and the two letters of {@code tid} where one of them is missing.
 */
final class OwnTracks {
    private static final JsonPrimitive LOCATION = new JsonPrimitive("location");

    private OwnTracks() {
    }

    /**
     * The reports in a body, usually one. Each is read when it is asked for, and throws a {@link Problem} if it is
     * malformed.
     *
     * @throws Problem if the whole is malformed
     */
    static List<Supplier<Report>> reports(Request request, byte[] body) {
        if (body.length == 0) {
            return List.of();
        }
        Parameters query = request.parameters();
        List<Supplier<Report>> reports = new ArrayList<>();
        for (JsonElement payload : Json.elements(body)) {
            if (!isOther(payload)) {
                reports.add(() -> report(request, query, Json.object(payload)));
            }
        }
        return reports;
    }

    /** Whether it is a payload that says nothing about where a device is. */
    private static boolean isOther(JsonElement payload) {
        return payload instanceof JsonObject object && !LOCATION.equals(object.get("_type"));
    }

    private static Report report(Request request, Parameters query, JsonObject payload) {
        String time = Json.text(payload, "tst");
        if (time == null) {
            throw Problem.bad("tst is missing");
        }
        return new Report(device(request, query, payload), Report.number("lat", Json.text(payload, "lat")),
                Report.number("lon", Json.text(payload, "lon")), AppTime.parse(time));
    }

    private static String device(Request request, Parameters query, JsonObject payload) {
        String topic = Json.text(payload, "topic");
        if (topic != null && !topic.isBlank()) {
            String[] parts = topic.split("/");
            return parts.length < 2 ? topic : parts[parts.length - 2] + '/' + parts[parts.length - 1];
        }
        String tid = Json.text(payload, "tid");
        String user = firstOf(request.header("X-Limit-U"), query.first("u"), Json.text(payload, "u"), Token.user(request));
        String device = firstOf(request.header("X-Limit-D"), query.first("d"), Json.text(payload, "d"), tid);
        if (user == null && device == null) {
            throw Problem.bad("no device: neither topic, X-Limit-U and X-Limit-D, u and d, nor tid");
        }
        return user == null ? device : device == null ? user : user + '/' + device;
    }

    private static String firstOf(String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null && !candidate.isBlank()) {
                return candidate;
            }
        }
        return null;
    }
}
